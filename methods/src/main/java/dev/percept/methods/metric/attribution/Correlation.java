package dev.percept.methods.metric.attribution;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Correlations; 0 where one side does not vary, for then nothing goes with anything. */
public final class Correlation {
  private Correlation() {}

  /** Pearson's correlation of two lists of one length. */
  public static double pearson(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int i = 0; i < a.length; i++) {
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
      ab += (a[i] - meanA) * (b[i] - meanB);
    }
    // Rounding of the mean leaves a trace of variance in a list of equal numbers.
    if (isNothing(aa, meanA, a.length) || isNothing(bb, meanB, b.length)) {
      return 0;
    }
    return Math.max(-1, Math.min(1, ab / Math.sqrt(aa) / Math.sqrt(bb)));
  }

  private static boolean isNothing(double squares, double mean, int n) {
    return squares <= 1e-24 * n * mean * mean || squares == 0;
  }

  /** Pearson's correlation of ranks; equal values share their mean rank. */
  public static double spearman(float[] a, float[] b) {
    return pearson(ranks(a), ranks(b));
  }

  static double[] ranks(float[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i] + 0.0))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    for (int from = 0, to; from < order.length; from = to) {
      to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to - 1) / 2.0;
      }
    }
    return ranks;
  }
}
