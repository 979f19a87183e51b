package dev.percept.methods.importance;

import dev.percept.core.Importance;
import dev.percept.core.Run;
import java.util.Arrays;
import java.util.Comparator;

/** Indices and intervals from the tallies of all examples. */
@SuppressWarnings("ArrayRecordComponent") // Made for one round, never compared.
record JansenSummary(double[][] perExample, double[] low, double[] high, double[] slope) {

  static JansenSummary of(JansenTally[][] tallies) {
    int n = tallies.length;
    int r = tallies[0][0].differences.length;
    double[][] totals = new double[n][];
    double[] slope = new double[r];
    double[] variance = new double[r];
    double[] fourth = new double[r];
    int degrees = tallies[0].length - 1;
    for (int e = 0; e < n; e++) {
      JansenTally all = JansenTally.sum(tallies[e], -1);
      Jackknife jackknife = Jackknife.of(all, tallies[e]);
      totals[e] = jackknife.estimate();
      for (int i = 0; i < r; i++) {
        slope[i] += all.slope(i) / n;
        double v = jackknife.variance()[i] / n / n;
        variance[i] += v;
        fourth[i] += v * v / degrees;
      }
    }
    double[] mean = Summary.mean(totals, r);
    double[] low = new double[r];
    double[] high = new double[r];
    for (int i = 0; i < r; i++) {
      double half = Sampled.half(variance[i], fourth[i]);
      low[i] = Math.max(0, mean[i] - half);
      high[i] = mean[i] + half;
    }
    return new JansenSummary(totals, low, high, slope);
  }

  /**
   * Whether neighbours in the ranking are told apart by their intervals, or are so close together
   * that it does not matter.
   */
  boolean settled(double resolution) {
    int r = low.length;
    double[] mean = Summary.mean(perExample, r);
    Integer[] order = new Integer[r];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -mean[i]));
    for (int k = 0; k + 1 < r; k++) {
      int upper = order[k];
      int lower = order[k + 1];
      boolean apart = low[upper] > high[lower];
      boolean close =
          Math.max(high[upper], high[lower]) - Math.min(low[upper], low[lower]) <= resolution;
      if (!apart && !close) {
        return false;
      }
    }
    return true;
  }

  Importance importance(int designs, boolean settled, Run run) {
    return Summary.importance(
        new Summary.Estimate(SobolImportance.NAME, Importance.Scale.VARIANCE, designs, settled),
        perExample,
        low,
        high,
        slope,
        run);
  }
}
