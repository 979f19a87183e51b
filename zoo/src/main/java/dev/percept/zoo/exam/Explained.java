package dev.percept.zoo.exam;

import dev.percept.core.Grid;
import dev.percept.core.Tensor;
import java.util.List;

/**
 * An explanation to be marked.
 *
 * @param codes n x L x r, how much of each concept is at each location of each picture
 * @param grid the L locations
 * @param importance one value a concept, at least 0; only their ratios are looked at
 */
public record Explained(Tensor codes, Grid grid, List<Double> importance) {
  public Explained {
    importance = List.copyOf(importance);
    if (codes.shape().rank() != 3 || codes.shape().dim(1) != grid.size()) {
      throw new IllegalArgumentException(
          "codes: expected n x " + grid.size() + " x r, found " + codes.shape());
    }
    if (codes.shape().dim(2) != importance.size()) {
      throw new IllegalArgumentException(
          "importance: expected "
              + codes.shape().dim(2)
              + " values, one a concept, found "
              + importance.size());
    }
    for (double value : importance) {
      if (!(value >= 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException("importance: finite and at least 0, found " + value);
      }
    }
    if (!codes.isFinite()) {
      throw new IllegalArgumentException("codes: finite, found a value that is not");
    }
  }

  /** r. */
  public int concepts() {
    return importance.size();
  }

  /** Each importance as a share of their sum; all 0 where the sum is. */
  public List<Double> shares() {
    double sum = importance.stream().mapToDouble(Double::doubleValue).sum();
    return importance.stream().map(v -> sum > 0 ? v / sum : 0).toList();
  }
}
