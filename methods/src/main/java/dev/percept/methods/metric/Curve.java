package dev.percept.methods.metric;

import java.util.List;

/**
 * A score as concepts are taken away or put back one by one, averaged over examples.
 *
 * @param values r + 1 values, after 0 ... r steps
 * @param random the same for random orders: mean, and the band of 90 % of the draws
 */
public record Curve(List<Double> values, Band random) {
  /**
   * Curves of random orders.
   *
   * @param mean r + 1 values
   * @param low 5th percentile over draws of the curve that is averaged over examples
   * @param high 95th percentile
   * @param area mean area
   * @param share share of draws whose area is smaller than that of the ordered curve
   */
  public record Band(
      List<Double> mean, List<Double> low, List<Double> high, double area, double share) {
    public Band {
      mean = List.copyOf(mean);
      low = List.copyOf(low);
      high = List.copyOf(high);
    }
  }

  public Curve {
    values = List.copyOf(values);
  }

  /** Area under the curve, steps from 0 to 1. For a deletion a small area is good. */
  public double area() {
    return area(values);
  }

  static double area(List<Double> values) {
    int steps = values.size() - 1;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      sum += (values.get(i) + values.get(i + 1)) / 2;
    }
    return sum / steps;
  }
}
