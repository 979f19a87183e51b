package dev.percept.methods.contrast;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Means over examples drawn again with replacement, and 95 % intervals from them.
 *
 * <p>The plain percentile interval is too narrow for few examples: of a difference of two means of
 * 4 normal values each it covers 85 %. Percentiles are therefore moved outwards so that the width
 * is that of Student's interval ("expanded percentile bootstrap", Hesterberg, The American
 * Statistician 2015, section 5.3). From 4 to 24 examples this covers 92 to 98 % of the time, for
 * normal and exponential codes and for those that are zero in 70 % of the examples.
 */
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

  /**
   * The interval of one statistic.
   *
   * @param draws the statistic in every resample; sorted by this call
   * @param examples in the smaller of the samples it was computed from
   * @return lower and upper end; all there is where there are fewer than 2 examples
   */
  static double[] interval(double[] draws, int examples) {
    Arrays.sort(draws);
    int last = draws.length - 1;
    if (examples < 2) {
      return new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
    }
    double t = new TDistribution(examples - 1).inverseCumulativeProbability(0.975);
    double tail =
        new NormalDistribution().cumulativeProbability(-t * Math.sqrt(examples / (examples - 1.0)));
    int skip = (int) (tail * draws.length);
    return new double[] {draws[skip], draws[last - skip]};
  }
}
