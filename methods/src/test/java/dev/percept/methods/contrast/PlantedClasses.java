package dev.percept.methods.contrast;

import dev.percept.core.Importance;
import dev.percept.core.MaskedScore;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.importance.AffineImportance;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Codes of a class whose truth is known, under an affine head. */
final class PlantedClasses {
  private PlantedClasses() {}

  /**
   * A class.
   *
   * @param strength mean code of each concept
   * @param prevalence share of examples that have a concept
   * @param effect what a unit of each concept adds to the class's logit
   */
  static ClassCodes of(
      int n, double[] strength, double prevalence, double[] effect, RandomGenerator random) {
    int r = strength.length;
    int locations = 4;
    float[] codes = new float[n * locations * r];
    List<MaskedScore> scores = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[] added = new double[r];
      for (int k = 0; k < r; k++) {
        double code =
            random.nextDouble() < prevalence
                ? Math.max(0, strength[k] * (1 + 0.3 * random.nextGaussian()) / prevalence)
                : 0;
        added[k] = code * effect[k];
        // All of it in one place: only the mean over locations is what was planted.
        codes[(i * locations + random.nextInt(locations)) * r + k] = (float) (locations * code);
      }
      scores.add(score(added));
    }
    Importance importance = new AffineImportance().estimate(scores, Run.of(1).withThreads(1));
    return new ClassCodes(Tensor.wrap(Shape.of(n, locations, r), codes), importance);
  }

  private static MaskedScore score(double... added) {
    return new MaskedScore() {
      @Override
      public int concepts() {
        return added.length;
      }

      @Override
      public float[] score(Tensor masks) {
        float[] scores = new float[masks.rows()];
        for (int i = 0; i < scores.length; i++) {
          double sum = 1;
          for (int k = 0; k < added.length; k++) {
            sum += added[k] * masks.get(i, k);
          }
          scores[i] = (float) sum;
        }
        return scores;
      }
    };
  }

  /** The same class with concepts in another order. */
  static ClassCodes permuted(ClassCodes of, int... order) {
    Importance i = of.importance();
    return new ClassCodes(
        columns(of.codes(), order),
        new Importance(
            i.estimator(),
            i.scale(),
            i.designs(),
            i.settled(),
            java.util.Arrays.stream(order).mapToObj(k -> i.concepts().get(k)).toList(),
            columns(i.perExample(), order)));
  }

  private static Tensor columns(Tensor values, int... order) {
    float[] from = values.toArray();
    float[] to = new float[from.length];
    for (int at = 0; at < from.length; at += order.length) {
      for (int k = 0; k < order.length; k++) {
        to[at + k] = from[at + order[k]];
      }
    }
    return Tensor.wrap(values.shape(), to);
  }
}
