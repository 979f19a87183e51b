package dev.percept.zoo.exam;

import dev.percept.core.Box;
import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import java.util.List;

/**
 * A concept that was taken apart, to be marked.
 *
 * @param concept its number
 * @param agreement of its crops: 0 for random ones, 1 for crops that are all the same
 * @param crops the crops that it was taken apart on
 * @param weights its code in each of them, at least 0
 * @param codes of its sub-concepts in each of them, crops x sub-concepts, at least 0
 */
public record TakenApart(
    int concept, double agreement, List<Crop> crops, List<Double> weights, Tensor codes) {
  public TakenApart {
    crops = List.copyOf(crops);
    weights = List.copyOf(weights);
    if (crops.size() != weights.size() || codes.rows() != crops.size()) {
      throw new IllegalArgumentException(
          "weights and codes: expected one a crop, "
              + crops.size()
              + ", found "
              + weights.size()
              + " and "
              + codes.rows());
    }
  }

  /** Where a crop was cut. */
  public record Crop(int picture, Box box) {}

  /** Who takes concepts apart. */
  @FunctionalInterface
  public interface Explainer {
    /** Finds concepts of a class on pictures of it and takes all of them apart. */
    List<TakenApart> explain(Examples pictures, Target target, Run run);
  }
}
