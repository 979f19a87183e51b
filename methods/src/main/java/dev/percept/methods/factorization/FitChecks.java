package dev.percept.methods.factorization;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.methods.linalg.Rows;

/** What all factorisations ask of their input, and how they say what is wrong with it. */
final class FitChecks {
  private FitChecks() {}

  /** The rows of {@code activations}, if r concepts can be found in them. */
  static Rows fit(Tensor activations, int concepts, boolean signed, Run run) {
    if (activations.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "activations: expected n x p, found " + activations.shape());
    }
    int n = activations.rows();
    int p = activations.shape().dim(1);
    if (n < concepts) {
      throw new IllegalArgumentException(
          "activations: "
              + concepts
              + " concepts need at least as many rows, found "
              + n
              + "; ask for fewer concepts, or give more inputs, or smaller parts of them");
    }
    if (p < concepts) {
      throw new IllegalArgumentException(
          "activations: "
              + concepts
              + " concepts need at least as many features, found "
              + p
              + "; ask for fewer concepts or cut where there are more channels");
    }
    Rows rows = Rows.of(activations);
    double largest = check(rows, signed, run);
    if (largest == 0) {
      throw new IllegalArgumentException(
          "activations: every value is 0, so there is nothing to factorise; cut at another layer"
              + " or check the preprocessing");
    }
    return rows;
  }

  /** Checks every value and returns the largest magnitude. */
  private static double check(Rows rows, boolean signed, Run run) {
    int p = rows.features();
    double[] largest = new double[rows.groups()];
    rows.eachBlock(
        run,
        (group, from, to) -> {
          float[] row = new float[p];
          for (int i = from; i < to; i++) {
            rows.from(i).get(row);
            for (int j = 0; j < p; j++) {
              value(row[j], i, j, signed);
              largest[group] = Math.max(largest[group], Math.abs(row[j]));
            }
          }
        });
    double max = 0;
    for (double l : largest) {
      max = Math.max(max, l);
    }
    return max;
  }

  /** Refuses a value that is not finite, and a negative one unless {@code signed}. */
  static void value(float v, int row, int feature, boolean signed) {
    if (!Float.isFinite(v)) {
      throw new IllegalArgumentException(
          "activations: every value must be finite, found "
              + v
              + " at row "
              + row
              + ", feature "
              + feature
              + "; check the model and the preprocessing");
    }
    if (v < 0 && !signed) {
      throw new IllegalArgumentException(
          "activations: a non-negative factorisation needs values of at least 0, found "
              + v
              + " at row "
              + row
              + ", feature "
              + feature
              + "; cut the model after a ReLU, rectify the activations explicitly, or use semi-nmf");
    }
  }

  /** Refuses numbers of concepts that no method can give. */
  static void concepts(String method, int concepts) {
    if (concepts < 1) {
      throw new IllegalArgumentException(method + " concepts: at least 1, found " + concepts);
    }
  }

  /** Refuses a dictionary that no code can use. */
  static void dictionary(Dictionary dictionary) {
    Tensor offset = dictionary.offset();
    if (!dictionary.atoms().isFinite() || (offset != null && !offset.isFinite())) {
      throw new IllegalArgumentException("dictionary: every value must be finite");
    }
  }
}
