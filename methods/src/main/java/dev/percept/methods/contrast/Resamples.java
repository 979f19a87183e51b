package dev.percept.methods.contrast;

import java.util.random.RandomGenerator;

/** Means over examples drawn again with replacement. */
final class Resamples {
  private Resamples() {}

  /**
   * Means of resamples.
   *
   * @param values n x r
   * @return resamples x r
   */
  static double[][] means(double[][] values, int resamples, RandomGenerator random) {
    int n = values.length;
    int r = values[0].length;
    double[][] means = new double[resamples][r];
    for (double[] mean : means) {
      for (int draw = 0; draw < n; draw++) {
        double[] drawn = values[random.nextInt(n)];
        for (int k = 0; k < r; k++) {
          mean[k] += drawn[k] / n;
        }
      }
    }
    return means;
  }
}
