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
