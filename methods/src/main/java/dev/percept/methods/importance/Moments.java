package dev.percept.methods.importance;

/** Mean and scatter of independent estimates. */
final class Moments {
  private Moments() {}

  /**
   * The mean of several estimates, and the variance of that mean.
   *
   * @param estimates b x r, b at least 2
   * @param mean r values, modified
   * @param variance r values, modified
   */
  static void of(double[][] estimates, double[] mean, double[] variance) {
    int b = estimates.length;
    double[] found = Summary.mean(estimates, mean.length);
    for (int k = 0; k < mean.length; k++) {
      mean[k] = found[k];
      double squares = 0;
      for (double[] estimate : estimates) {
        squares += (estimate[k] - found[k]) * (estimate[k] - found[k]);
      }
      variance[k] = squares / (b - 1) / b;
    }
  }
}
