package dev.percept.methods.contrast;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How far the mean codes of two classes are apart, in units that make concepts comparable.
 *
 * <p>The unit of a concept is the smaller of two: the standard deviation of its mean code within a
 * class, pooled over both; and, where codes are never negative, the sum of both means. The first
 * says that dense concepts differ where their distributions come apart, the second that a rare
 * concept differs where one class has several times as much of it as the other, however rare it is.
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one call, never compared.
record Differences(double[] meanA, double[] meanB, double[] units) {
  /** Smaller units are rounding: relative to the largest mean code of an example. */
  private static final double SMALLEST = 1e-6;

  /**
   * Measures.
   *
   * @param a n x r, mean codes of examples
   * @param b m x r
   */
  static Differences of(double[][] a, double[][] b) {
    int r = a[0].length;
    double[] largest = new double[r];
    boolean[] signed = new boolean[r];
    for (double[][] side : new double[][][] {a, b}) {
      for (double[] example : side) {
        for (int k = 0; k < r; k++) {
          largest[k] = Math.max(largest[k], Math.abs(example[k]));
          signed[k] |= example[k] < 0;
        }
      }
    }
    double[] meanA = mean(a);
    double[] meanB = mean(b);
    double[] units = new double[r];
    for (int k = 0; k < r; k++) {
      double squares = squares(a, meanA, k) + squares(b, meanB, k);
      double within = Math.sqrt(squares / Math.max(1, a.length + b.length - 2));
      double unit = signed[k] ? within : Math.min(within, meanA[k] + meanB[k]);
      units[k] = Math.max(unit, SMALLEST * largest[k]);
    }
    return new Differences(meanA, meanB, units);
  }

  /** The largest difference of all concepts, in units. */
  double largest() {
    double largest = 0;
    for (int k = 0; k < units.length; k++) {
      double delta = Math.abs(meanA[k] - meanB[k]);
      largest = Math.max(largest, delta == 0 ? 0 : delta / units[k]);
    }
    return largest;
  }

  /**
   * The 95th percentile of {@link #largest()} when examples are dealt to the classes at random, the
   * real deal among them: what the most different of all concepts would reach by chance.
   */
  static double chance(double[][] a, double[][] b, int permutations, RandomGenerator random) {
    double[][] all = new double[a.length + b.length][];
    System.arraycopy(a, 0, all, 0, a.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    double[] reached = new double[permutations + 1];
    reached[permutations] = of(a, b).largest();
    for (int p = 0; p < permutations; p++) {
      for (int i = all.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        double[] example = all[i];
        all[i] = all[other];
        all[other] = example;
      }
      reached[p] =
          of(Arrays.copyOf(all, a.length), Arrays.copyOfRange(all, a.length, all.length)).largest();
    }
    Arrays.sort(reached);
    return reached[(int) Math.ceil(0.95 * reached.length) - 1];
  }

  private static double[] mean(double[][] values) {
    double[] mean = new double[values[0].length];
    for (double[] example : values) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += example[k] / values.length;
      }
    }
    return mean;
  }

  private static double squares(double[][] values, double[] mean, int k) {
    double sum = 0;
    for (double[] example : values) {
      sum += (example[k] - mean[k]) * (example[k] - mean[k]);
    }
    return sum;
  }
}
