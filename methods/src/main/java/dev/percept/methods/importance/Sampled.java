package dev.percept.methods.importance;

import dev.percept.core.Importance;
import dev.percept.core.Run;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Sampled values of every example with the variance of each, from which the interval of their mean
 * over examples follows: examples are sampled independently of each other.
 *
 * @param values n x r
 * @param variances n x r, of these estimates
 * @param slopes n x r mean slopes of the score in the masks
 * @param degrees degrees of freedom behind each variance
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one estimate, never compared.
record Sampled(double[][] values, double[][] variances, double[][] slopes, double degrees) {

  Importance importance(Summary.Estimate how, Run run) {
    int n = values.length;
    int r = values[0].length;
    double[] mean = Summary.mean(Summary.magnitudes(values, how.scale()), r);
    double[] low = new double[r];
    double[] high = new double[r];
    for (int i = 0; i < r; i++) {
      double variance = 0;
      double fourth = 0;
      for (double[] of : variances) {
        double v = of[i] / n / n;
        variance += v;
        fourth += v * v / degrees;
      }
      double half = half(variance, fourth);
      low[i] = Math.max(0, mean[i] - half);
      high[i] = Math.max(0, mean[i] + half);
    }
    return Summary.importance(how, values, low, high, Summary.mean(slopes, r), run);
  }

  /** Half a 95 % interval; the degrees of freedom are Satterthwaite's. */
  static double half(double variance, double fourth) {
    if (fourth < Double.MIN_NORMAL) {
      // No scatter, or so little that its square cannot be held: the interval is a point.
      return 0;
    }
    TDistribution t = new TDistribution(variance * variance / fourth);
    return t.inverseCumulativeProbability(0.975) * Math.sqrt(variance);
  }
}
