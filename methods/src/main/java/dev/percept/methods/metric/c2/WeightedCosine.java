package dev.percept.methods.metric.c2;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * How alike encodings are: {@code Σ_{i≠j} w_i w_j cos(e_i, e_j) / Σ_{i≠j} w_i w_j}. An encoding of
 * length 0 has cosine 0 with everything.
 *
 * <p>The interval is Student's, 95 %, around the value with the jackknife's standard error: each
 * picture is left out once. Resampling with replacement would put a picture beside itself.
 *
 * @param value -1 to 1
 * @param low lower end
 * @param high upper end
 * @param pictures how many encodings
 */
public record WeightedCosine(double value, double low, double high, int pictures) {

  /** The interval of a value from what it is without each of {@code n} pictures. */
  static double halfWidth(double[] without) {
    int n = without.length;
    double mean = Arrays.stream(without).average().orElse(0);
    double squares = 0;
    for (double v : without) {
      squares += (v - mean) * (v - mean);
    }
    double error = Math.sqrt((n - 1.0) / n * squares);
    return error * new TDistribution(n - 1).inverseCumulativeProbability(0.975);
  }

  /**
   * Of encodings.
   *
   * @param encodings n of them, each of d values, at least 3
   * @param weights n, above 0
   * @throws IllegalArgumentException if there are fewer than 3 or a weight is not above 0
   */
  public static WeightedCosine of(double[][] encodings, double[] weights) {
    Pairs pairs = Pairs.of(encodings, weights);
    double half = halfWidth(pairs.without());
    return new WeightedCosine(
        pairs.value(),
        Math.max(-1, pairs.value() - half),
        Math.min(1, pairs.value() + half),
        weights.length);
  }

  /**
   * The same with what it is without each picture.
   *
   * @param without n values
   */
  @SuppressWarnings("ArrayRecordComponent") // Within this package, compared nowhere.
  record Pairs(double value, double[] without) {

    /** By way of the weighted sum of the unit vectors: n d operations, not n² d. */
    static Pairs of(double[][] encodings, double[] weights) {
      int n = encodings.length;
      if (n < 3 || weights.length != n) {
        throw new IllegalArgumentException(
            "encodings: at least 3 and a weight each, found " + n + " and " + weights.length);
      }
      double largest = 0;
      double[] length = new double[n];
      for (int i = 0; i < n; i++) {
        if (!(weights[i] > 0) || Double.isInfinite(weights[i])) {
          throw new IllegalArgumentException("weights: above 0 and finite, found " + weights[i]);
        }
        largest = Math.max(largest, weights[i]);
        length[i] = Math.sqrt(dot(encodings[i], encodings[i]));
      }
      int d = encodings[0].length;
      double[][] part = new double[n][d];
      double[] sum = new double[d];
      double total = 0;
      for (int i = 0; i < n; i++) {
        double w = weights[i] / largest;
        total += w;
        for (int j = 0; j < d && length[i] > 0; j++) {
          part[i][j] = w * encodings[i][j] / length[i];
          sum[j] += part[i][j];
        }
      }
      double above = 0;
      double below = 0;
      double[] mine = new double[n];
      double[] share = new double[n];
      for (int i = 0; i < n; i++) {
        double w = weights[i] / largest;
        mine[i] = dot(part[i], sum) - dot(part[i], part[i]);
        share[i] = w * (total - w);
        above += mine[i];
        below += share[i];
      }
      double[] without = new double[n];
      for (int i = 0; i < n; i++) {
        without[i] = (above - 2 * mine[i]) / (below - 2 * share[i]);
      }
      return new Pairs(above / below, without);
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int j = 0; j < a.length; j++) {
        sum += a[j] * b[j];
      }
      return sum;
    }
  }
}
