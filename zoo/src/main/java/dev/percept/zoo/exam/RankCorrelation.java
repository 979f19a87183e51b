package dev.percept.zoo.exam;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Spearman's rank correlation.
 *
 * @param value from -1 to 1; 0 where one side does not vary
 * @param low lower end of a 95 % bootstrap interval over pairs
 * @param high upper end
 * @param pairs how many pairs
 */
public record RankCorrelation(double value, double low, double high, int pairs) {
  private static final int RESAMPLES = 2000;

  /**
   * The correlation of two lists of numbers with an interval.
   *
   * @throws IllegalArgumentException if their lengths differ or are below 2
   */
  static RankCorrelation of(double[] a, double[] b, RandomGenerator random) {
    double value = spearman(a, b);
    double[] resampled = new double[RESAMPLES];
    double[] x = new double[a.length];
    double[] y = new double[a.length];
    for (int s = 0; s < RESAMPLES; s++) {
      for (int i = 0; i < a.length; i++) {
        int pick = random.nextInt(a.length);
        x[i] = a[pick];
        y[i] = b[pick];
      }
      resampled[s] = spearman(x, y);
    }
    Arrays.sort(resampled);
    return new RankCorrelation(
        value,
        resampled[(int) (0.025 * RESAMPLES)],
        resampled[(int) (0.975 * RESAMPLES) - 1],
        a.length);
  }

  static double spearman(double[] a, double[] b) {
    if (a.length != b.length || a.length < 2) {
      throw new IllegalArgumentException(
          "rank correlation: two lists of one length, at least 2, found "
              + a.length
              + " and "
              + b.length);
    }
    double[] x = ranks(a);
    double[] y = ranks(b);
    double mean = (a.length + 1) / 2.0;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - mean) * (y[i] - mean);
      xx += (x[i] - mean) * (x[i] - mean);
      yy += (y[i] - mean) * (y[i] - mean);
    }
    return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
  }

  /** Ranks from 1; ties share the mean of theirs. */
  static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((i, j) -> Double.compare(values[i], values[j]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = 0.5 * (from + 1 + to);
      }
      from = to;
    }
    return ranks;
  }
}
