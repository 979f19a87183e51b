package dev.percept.core;

/**
 * How far {@code h(g(x))} was from {@code f(x)} on real inputs.
 *
 * @param maxAbsDiff the largest absolute difference of a logit
 * @param maxAbsLogit the largest absolute logit, for scale
 * @param inputs how many inputs were compared
 */
public record SplitCheck(double maxAbsDiff, double maxAbsLogit, int inputs) {
  /**
   * The relative difference that rounding can explain: float32 carries about 1e-7, deep networks
   * amplify it a few hundred times, and a wrong cut is off by orders of magnitude more.
   */
  public static final double TOLERANCE = 1e-3;

  /**
   * Compares logits.
   *
   * @param whole f(x), n x outputs
   * @param split h(g(x)), n x outputs
   */
  public static SplitCheck of(Tensor whole, Tensor split) {
    double diff = 0;
    double scale = 0;
    for (int i = 0; i < whole.shape().size(); i++) {
      double d = Math.abs((double) whole.get(i) - split.get(i));
      // NaN on one side only is as wrong as a difference can be.
      diff = Math.max(diff, Double.isNaN(d) ? Double.POSITIVE_INFINITY : d);
      scale = Math.max(scale, Math.abs(whole.get(i)));
    }
    return new SplitCheck(diff, scale, whole.rows());
  }

  /** Whether the difference is rounding. */
  public boolean passed() {
    return maxAbsDiff <= TOLERANCE * Math.max(1, maxAbsLogit);
  }

  /** The larger of two checks. */
  public SplitCheck and(SplitCheck other) {
    return new SplitCheck(
        Math.max(maxAbsDiff, other.maxAbsDiff),
        Math.max(maxAbsLogit, other.maxAbsLogit),
        inputs + other.inputs);
  }
}
