package dev.percept.bundle;

import java.util.List;

/**
 * Deletion curves: what is left of the network's answer while concepts are taken away, the most
 * important first, by each of several ideas of importance.
 *
 * @param pictures on which it was measured
 * @param removed how many concepts are gone at each point, ascending from 0
 * @param curves by method
 */
public record FactDeletion(int pictures, List<Integer> removed, List<Curve> curves) {
  /** The order that contributions give. */
  public static final String EXACT = "contribution";

  /** The order that chance gives. */
  public static final String RANDOM = "random";

  public FactDeletion {
    removed = List.copyOf(removed);
    curves = List.copyOf(curves);
  }

  /**
   * A curve. Shares of the whole answer: 1 before anything is gone.
   *
   * @param method whose order it is: {@link #EXACT}, {@code sobol}, {@code saliency}, {@code
   *     gradient-input} or {@link #RANDOM}
   * @param withAlwaysOn whether concepts that are active nearly everywhere could be taken away too
   * @param logit mean logit of the class that the network said first
   * @param accuracy share of the pictures still called so
   * @param areaLogit mean of {@code logit} along the curve; lower is better
   * @param areaAccuracy the same of {@code accuracy}
   * @param behind 95 % interval of the area of {@code logit} less that of contributions, paired by
   *     picture: above 0 contributions are better
   */
  public record Curve(
      String method,
      boolean withAlwaysOn,
      List<Double> logit,
      List<Double> accuracy,
      double areaLogit,
      double areaAccuracy,
      Interval behind) {
    public Curve {
      logit = List.copyOf(logit);
      accuracy = List.copyOf(accuracy);
    }
  }

  /** An interval; both ends NaN where there is none. */
  public record Interval(double low, double high) {}
}
