package dev.percept.methods.importance;

import dev.percept.core.Importance;
import dev.percept.core.Importance.Scale;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Puts the values of examples together. */
final class Summary {
  private static final int RESAMPLES = 2000;

  private Summary() {}

  /** How the values were found, and what they mean. */
  record Estimate(String name, Scale scale, int designs, boolean settled) {}

  static double[] mean(double[][] perExample, int r) {
    double[] mean = new double[r];
    for (double[] example : perExample) {
      for (int i = 0; i < r; i++) {
        mean[i] += example[i] / perExample.length;
      }
    }
    return mean;
  }

  /** What is averaged over examples: values without their sign, where the scale has one. */
  static double[][] magnitudes(double[][] perExample, Scale scale) {
    return scale.signed()
        ? Arrays.stream(perExample)
            .map(example -> Arrays.stream(example).map(Math::abs).toArray())
            .toArray(double[][]::new)
        : perExample;
  }

  /**
   * The result where nothing was sampled.
   *
   * @param perExample n x r
   * @param slope r mean slopes of the score in the masks, for the signs
   */
  static Importance exact(Estimate how, double[][] perExample, double[] slope, Run run) {
    double[] mean = mean(magnitudes(perExample, how.scale), slope.length);
    return importance(how, perExample, mean, mean, slope, run);
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
    double[][] magnitudes = magnitudes(perExample, how.scale);
    double[] mean = mean(magnitudes, r);
    double[][] data = bootstrap(how.scale, magnitudes, r, run.random("importance.bootstrap"));
    List<Importance.OfConcept> concepts = new ArrayList<>();
    for (int i = 0; i < r; i++) {
      double total = Math.max(0, mean[i]);
      int sign = total == 0 ? 0 : (int) Math.signum(slope[i]);
      concepts.add(new Importance.OfConcept(total, low[i], high[i], data[i][0], data[i][1], sign));
    }
    float[] flat = new float[perExample.length * r];
    for (int k = 0; k < flat.length; k++) {
      flat[k] = (float) perExample[k / r][k % r];
    }
    Tensor each = Tensor.wrap(Shape.of(perExample.length, r), flat);
    return new Importance(how.name, how.scale, how.designs, how.settled, concepts, each);
  }

  /** Percentile intervals of the mean; one example says nothing about others: all that can be. */
  private static double[][] bootstrap(
      Scale scale, double[][] perExample, int r, RandomGenerator random) {
    int n = perExample.length;
    double[][] interval = new double[r][];
    if (n == 1) {
      double most = scale == Scale.SCORE ? Double.POSITIVE_INFINITY : 1;
      Arrays.setAll(interval, i -> new double[] {0, most});
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
            Math.max(0, means[i][(int) (0.025 * RESAMPLES)]),
            Math.max(0, means[i][(int) (0.975 * RESAMPLES) - 1])
          };
    }
    return interval;
  }
}
