package dev.percept.methods.sweep;

import dev.percept.methods.metric.Percentiles;
import dev.percept.methods.metric.Share;
import java.util.random.RandomGenerator;

/**
 * A figure with its doubt and what chance gives.
 *
 * @param value the figure; NaN where it is not known
 * @param low lower end of its 95 % interval; NaN where there is none
 * @param high upper end
 * @param chance the same figure for concepts by chance; NaN where it is not known
 */
public record Measured(double value, double low, double high, double chance) {
  private static final int RESAMPLES = 2000;
  private static final double Z = 1.959963984540054;

  /** A figure without an interval. */
  public static Measured of(double value, double chance) {
    return new Measured(value, Double.NaN, Double.NaN, chance);
  }

  /** The mean of some values, with a bootstrap interval over them. */
  public static Measured mean(double[] values, double chance, RandomGenerator random) {
    return bootstrap(
        values.length,
        chance,
        random,
        drawn -> {
          double sum = 0;
          for (int i : drawn) {
            sum += values[i];
          }
          return sum / drawn.length;
        });
  }

  /** A statistic of a sample, given as indices of what was drawn. */
  interface Statistic {
    double of(int[] drawn);
  }

  /** A statistic of n examples, with a bootstrap interval over them. */
  static Measured bootstrap(int n, double chance, RandomGenerator random, Statistic statistic) {
    int[] all = new int[n];
    for (int i = 0; i < n; i++) {
      all[i] = i;
    }
    double value = statistic.of(all);
    if (n < 2) {
      return of(value, chance);
    }
    double[] draws = new double[RESAMPLES];
    int[] drawn = new int[n];
    for (int s = 0; s < RESAMPLES; s++) {
      for (int i = 0; i < n; i++) {
        drawn[i] = random.nextInt(n);
      }
      draws[s] = statistic.of(drawn);
    }
    double[] interval = Percentiles.interval(draws, n);
    return new Measured(value, interval[0], interval[1], chance);
  }

  /**
   * A share, with Wilson's interval (JASA 1927): it does not shrink to nothing at 0 and at 1, as a
   * bootstrap does.
   */
  public static Measured share(Share share, double chance) {
    if (share.of() == 0) {
      return of(Double.NaN, chance);
    }
    double n = share.of();
    double p = share.count() / n;
    double middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
    double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
    return new Measured(p, Math.max(0, middle - half), Math.min(1, middle + half), chance);
  }
}
