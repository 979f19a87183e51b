package dev.percept.methods.sweep;

import java.util.Arrays;

/**
 * On how few concepts importance lies.
 *
 * @param carrying how many concepts, the most important first, carry {@value #SHARE} of the sum
 * @param effective e to the entropy of the shares: as many concepts of equal importance would be as
 *     spread out (Hill's number of order 1); from 1 to r
 */
public record Concentration(int carrying, double effective) {
  /** Of the sum. */
  public static final double SHARE = 0.8;

  /** Shares that add up to 80 % up to rounding do carry 80 %. */
  private static final double ROUNDING = 1e-9;

  /**
   * The concentration of importances.
   *
   * @param importances r values of at least 0; where all are 0, none carries anything
   * @throws IllegalArgumentException if there is none, or one is negative or not finite
   */
  public static Concentration of(double... importances) {
    double sum = 0;
    for (double v : importances) {
      if (!(v >= 0 && v < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("importance: finite, at least 0, found " + v);
      }
      sum += v;
    }
    if (importances.length == 0) {
      throw new IllegalArgumentException("importance: at least 1 concept, found none");
    }
    if (sum == 0) {
      return new Concentration(0, 0);
    }
    double[] ascending = importances.clone();
    Arrays.sort(ascending);
    int carrying = 0;
    double carried = 0;
    double entropy = 0;
    for (int k = ascending.length - 1; k >= 0; k--) {
      double share = ascending[k] / sum;
      if (carried < SHARE - ROUNDING) {
        carried += share;
        carrying++;
      }
      entropy -= share > 0 ? share * Math.log(share) : 0;
    }
    return new Concentration(carrying, Math.exp(entropy));
  }
}
