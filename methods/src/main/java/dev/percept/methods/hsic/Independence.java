package dev.percept.methods.hsic;

import org.hipparchus.distribution.continuous.GammaDistribution;

/**
 * Moments of {@code tr(A B)} over all permutations of the rows of one of two centred matrices: what
 * independence would give with these very values (Kazi-Aoual et al., 1995). Exact, without a draw.
 *
 * @param mean {@code tr A tr B / (n − 1)}
 * @param deviation standard deviation
 */
record Independence(double mean, double deviation) {

  /** tr A², with trace and squared diagonal, of either matrix. */
  record Moments(double trace, double squares, double squaredDiagonal) {}

  /**
   * @param n at least 4
   */
  static Independence of(Moments a, Moments b, int n) {
    double m = n;
    double mean = a.trace * b.trace / (m - 1);
    double first =
        2
            * ((m - 1) * a.squares - a.trace * a.trace)
            * ((m - 1) * b.squares - b.trace * b.trace)
            / ((m - 1) * (m - 1) * (m + 1) * (m - 2));
    double second = fourth(a, m) * fourth(b, m) / ((m + 1) * m * (m - 1) * (m - 2) * (m - 3));
    return new Independence(mean, Math.sqrt(Math.max(0, first + second)));
  }

  private static double fourth(Moments x, double n) {
    return n * (n + 1) * x.squaredDiagonal - (n - 1) * (x.trace * x.trace + 2 * x.squares);
  }

  /**
   * By how many deviations the 95 % point lies above the mean, if values follow a gamma
   * distribution with this mean and deviation (Gretton et al., NIPS 2007).
   */
  double reach() {
    if (!(deviation > 0 && mean > 0)) {
      return 0;
    }
    double shape = mean / deviation * (mean / deviation);
    GammaDistribution gamma = new GammaDistribution(shape, 1);
    return (gamma.inverseCumulativeProbability(0.95) - shape) / Math.sqrt(shape);
  }
}
