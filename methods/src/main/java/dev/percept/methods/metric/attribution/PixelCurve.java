package dev.percept.methods.metric.attribution;

import java.util.List;

/**
 * The score of one picture as its places are taken away, or put back, in the order of a map.
 *
 * @param values steps + 1 values, the first before anything was done
 */
public record PixelCurve(List<Double> values) {
  public PixelCurve {
    values = List.copyOf(values);
    if (values.size() < 2) {
      throw new IllegalArgumentException("curve: at least 2 values, found " + values.size());
    }
  }

  /** Area under the curve by the trapezoidal rule, steps from 0 to 1. */
  public double area() {
    int steps = values.size() - 1;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      sum += (values.get(i) + values.get(i + 1)) / 2;
    }
    return sum / steps;
  }
}
