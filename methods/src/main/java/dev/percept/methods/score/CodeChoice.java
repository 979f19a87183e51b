package dev.percept.methods.score;

import dev.percept.core.ConceptBank;
import dev.percept.core.Grid;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;

/**
 * Which code is asked for.
 *
 * @param concept column of the codes
 * @param location one of the L, or {@link #ALL} for the sum over those that are places
 */
record CodeChoice(int concept, int location) {
  static final int ALL = -1;

  static CodeChoice at(int concept, int location) {
    if (location < 0) {
      throw new IllegalArgumentException("location: at least 0, found " + location);
    }
    return new CodeChoice(concept, location);
  }

  void check(SplitModel model, ConceptBank bank) {
    if (concept < 0 || concept >= bank.concepts()) {
      throw new IllegalArgumentException(
          "concept: 0 to " + (bank.concepts() - 1) + ", found " + concept);
    }
    if (location >= model.grid().size()) {
      throw new IllegalArgumentException(
          "location: 0 to " + (model.grid().size() - 1) + ", found " + location);
    }
    if (bank.features() != model.features()) {
      throw new IllegalArgumentException(
          "bank: expected "
              + model.features()
              + " features, as the model has at its cut, found "
              + bank.features());
    }
  }

  String name() {
    return "code of concept " + concept + (location == ALL ? "" : " at location " + location);
  }

  /**
   * The scores of n inputs.
   *
   * @param codes (n L) x r
   * @param grid the L locations
   */
  float[] scores(Tensor codes, int n, Grid grid) {
    int locations = grid.size();
    float[] scores = new float[n];
    for (int i = 0; i < n; i++) {
      if (location != ALL) {
        scores[i] = codes.get(i * locations + location, concept);
        continue;
      }
      double sum = 0;
      for (int l = 0; l < grid.places(); l++) {
        sum += codes.get(i * locations + grid.location(l), concept);
      }
      scores[i] = (float) sum;
    }
    return scores;
  }

  /**
   * What the score's derivative by the codes is: 1 where it is asked for, else 0.
   *
   * @param n inputs
   * @param grid the L locations
   * @param concepts r
   */
  Tensor cotangents(int n, Grid grid, int concepts) {
    int locations = grid.size();
    float[] v = new float[n * locations * concepts];
    for (int row = 0; row < n * locations; row++) {
      int at = row % locations;
      if (location == ALL ? grid.isPlace(at) : at == location) {
        v[row * concepts + concept] = 1;
      }
    }
    return Tensor.wrap(Shape.of(n * locations, concepts), v);
  }
}
