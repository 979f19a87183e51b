package dev.percept.methods.importance;

import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Puts per-example indices together. */
final class Summary {
  private static final int RESAMPLES = 2000;

  private Summary() {}

  /** How the indices were found. */
  record Estimate(String name, int designs, boolean settled) {}

  static double[] mean(double[][] perExample, int r) {
    double[] mean = new double[r];
    for (double[] example : perExample) {
      for (int i = 0; i < r; i++) {
        mean[i] += example[i] / perExample.length;
      }
    }
    return mean;
  }

  /**
   * The result.
   *
   * @param perExample n x r
   * @param low r lower ends of the estimator's interval
   * @param high r upper ends
   * @param slope r mean slopes of the score in the masks, for the signs
   */
  static Importance importance(
      Estimate how, double[][] perExample, double[] low, double[] high, double[] slope, Run run) {
    int r = low.length;
    double[] mean = mean(perExample, r);
    double[][] data = bootstrap(perExample, r, run.random("importance.bootstrap"));
    List<Importance.OfConcept> concepts = new ArrayList<>();
    for (int i = 0; i < r; i++) {
      int sign = mean[i] == 0 ? 0 : (int) Math.signum(slope[i]);
      concepts.add(
          new Importance.OfConcept(mean[i], low[i], high[i], data[i][0], data[i][1], sign));
    }
    float[] flat = new float[perExample.length * r];
    for (int k = 0; k < flat.length; k++) {
      flat[k] = (float) perExample[k / r][k % r];
    }
    Tensor each = Tensor.wrap(Shape.of(perExample.length, r), flat);
    return new Importance(how.name(), how.designs(), how.settled(), concepts, each);
  }

  /** Percentile intervals of the mean; one example says nothing about others, so 0 to 1. */
  private static double[][] bootstrap(double[][] perExample, int r, RandomGenerator random) {
    int n = perExample.length;
    double[][] interval = new double[r][];
    if (n == 1) {
      Arrays.setAll(interval, i -> new double[] {0, 1});
      return interval;
    }
    double[][] means = new double[r][RESAMPLES];
    for (int s = 0; s < RESAMPLES; s++) {
      for (int d = 0; d < n; d++) {
        double[] drawn = perExample[random.nextInt(n)];
        for (int i = 0; i < r; i++) {
          means[i][s] += drawn[i] / n;
        }
      }
    }
    for (int i = 0; i < r; i++) {
      Arrays.sort(means[i]);
      interval[i] =
          new double[] {
            means[i][(int) (0.025 * RESAMPLES)], means[i][(int) (0.975 * RESAMPLES) - 1]
          };
    }
    return interval;
  }
}
