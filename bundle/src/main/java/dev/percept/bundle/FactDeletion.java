package dev.percept.bundle;

import java.util.List;

/**
 * Deletion curves: what is left of the network's answer while a picture's concepts are taken away,
 * the most important first, by each of several opinions of what is important.
 *
 * @param pictures on which it was measured
 * @param alwaysOn concepts that are there in nearly all of them; where there are some, curves are
 *     also measured with them left in
 * @param shares of the concepts of a picture that are gone at each point, from 0 to 1
 * @param curves by method
 */
public record FactDeletion(
    int pictures, List<Integer> alwaysOn, List<Double> shares, List<Curve> curves) {
  /** The order that contributions give. */
  public static final String EXACT = "exact";

  /** The order that chance gives. */
  public static final String RANDOM = "random";

  public FactDeletion {
    alwaysOn = List.copyOf(alwaysOn);
    shares = List.copyOf(shares);
    curves = List.copyOf(curves);
  }

  /**
   * A curve; means over pictures.
   *
   * @param method whose order it is: {@link #EXACT}, {@code sobol}, {@code saliency}, {@code
   *     gradient x input}, {@code leave one out} or {@link #RANDOM}
   * @param withAlwaysOn whether concepts that are always on could be taken away too
   * @param removed mean number of concepts a picture that could go
   * @param logit of the class that the network said first
   * @param accuracy share of the pictures that are called what they are
   * @param areaLogit mean height of {@code logit}; lower is better
   * @param areaAccuracy the same of {@code accuracy}
   * @param behindLogit 95 % interval of by how much the area is above that of contributions, paired
   *     by picture: above 0 contributions are better, around 0 nothing is decided
   * @param behindAccuracy the same of accuracy
   */
  public record Curve(
      String method,
      boolean withAlwaysOn,
      double removed,
      List<Double> logit,
      List<Double> accuracy,
      double areaLogit,
      double areaAccuracy,
      Interval behindLogit,
      Interval behindAccuracy) {
    public Curve {
      logit = List.copyOf(logit);
      accuracy = List.copyOf(accuracy);
    }
  }

  /** An interval; both ends NaN where there is none. */
  public record Interval(double low, double high) {}
}
