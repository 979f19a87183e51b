package dev.percept.methods.metric.c2;

import java.util.Arrays;

/**
 * How large what a map shows is: the fewest pixels that hold {@value #HELD} of its positive
 * attribution.
 *
 * @param pixels how many; 0 for a map without positive attribution
 * @param of pixels in the map
 */
public record SpatialSize(int pixels, int of) {
  /** The share of the positive attribution that is asked for. */
  public static final double HELD = 0.8;

  public SpatialSize {
    if (of < 1 || pixels < 0 || pixels > of) {
      throw new IllegalArgumentException(
          "spatial size: 0 to all of at least 1 pixel, found " + pixels + " of " + of);
    }
  }

  /** From 0 to 1. */
  public double share() {
    return (double) pixels / of;
  }

  /**
   * The size of one map.
   *
   * @param map one value a pixel, in any order
   */
  public static SpatialSize of(float[] map) {
    double[] positive = new double[map.length];
    double sum = 0;
    for (int i = 0; i < map.length; i++) {
      positive[i] = Math.max(0, map[i]);
      sum += positive[i];
    }
    if (sum == 0) {
      return new SpatialSize(0, map.length);
    }
    Arrays.sort(positive);
    double held = 0;
    int pixels = 0;
    // The slack keeps a map of equal values at exactly 80 % of its pixels.
    while (pixels < map.length && held < HELD * sum * (1 - 1e-9)) {
      held += positive[map.length - 1 - pixels];
      pixels++;
    }
    return new SpatialSize(pixels, map.length);
  }
}
