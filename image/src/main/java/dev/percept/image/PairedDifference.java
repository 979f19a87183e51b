package dev.percept.image;

/**
 * The difference of two shares of right answers on the same examples, with an interval.
 *
 * <p>Bonett and Price, "Adjusted Wald confidence interval for a difference of binomial proportions
 * based on paired data", Journal of Educational and Behavioral Statistics 37 (2012): only examples
 * on which the two disagree count, and one of each kind is added, so that the interval keeps its
 * width where they never disagree.
 *
 * @param onlyFirst examples that only the first gets right
 * @param onlySecond examples that only the second gets right
 * @param examples all examples
 * @param difference share of the first minus share of the second
 * @param low lower end of the interval
 * @param high upper end
 */
public record PairedDifference(
    int onlyFirst, int onlySecond, int examples, double difference, double low, double high) {

  /**
   * The interval at a normal quantile of {@code z}, 1.96 for 95 %.
   *
   * @throws IllegalArgumentException if more disagree than there are
   */
  public static PairedDifference of(int onlyFirst, int onlySecond, int examples, double z) {
    if (onlyFirst < 0 || onlySecond < 0 || onlyFirst + onlySecond > examples) {
      throw new IllegalArgumentException(
          "paired: "
              + onlyFirst
              + " and "
              + onlySecond
              + " disagreements among "
              + examples
              + " examples");
    }
    double p = (onlyFirst + 1.0) / (examples + 2.0);
    double q = (onlySecond + 1.0) / (examples + 2.0);
    double half = z * Math.sqrt((p + q - (p - q) * (p - q)) / (examples + 2.0));
    double exact = examples == 0 ? 0 : (double) (onlyFirst - onlySecond) / examples;
    return new PairedDifference(
        onlyFirst,
        onlySecond,
        examples,
        exact,
        Math.max(-1, p - q - half),
        Math.min(1, p - q + half));
  }

  /** Whether the interval leaves out 0. */
  public boolean decides() {
    return low > 0 || high < 0;
  }
}
