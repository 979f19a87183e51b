package dev.percept.bundle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Concepts of a class that were taken apart at earlier layers. The tensors of the split of concept
 * 3 are {@code <key>/tree-3/dictionary} (r x p) in {@code dictionary.safetensors} and {@code
 * <key>/tree-3/codes} (members x r) in {@code codes.safetensors}; those of its sub-concept 1 have
 * {@code tree-3-1}.
 *
 * @param threshold a concept is taken apart if the agreement of its crops is below this
 * @param depth levels that were asked for
 * @param layers where sub-concepts live, from later to earlier
 * @param roots one a concept of the class, by id
 */
public record ConceptTree(double threshold, int depth, List<Layer> layers, List<Node> roots) {
  /** An earlier cut: tensor, operator, features and locations. */
  public record Layer(String tensor, String operator, int features, int rows, int columns) {}

  /**
   * A concept in the tree.
   *
   * @param path ids from the root down
   * @param agreement of its crops at its own layer: how much of the way they go from random crops
   *     (0) to crops that are all the same (1), by mean cosine of activations
   * @param outcome why it was taken apart or left whole: one of "split", "consistent", "depth",
   *     "too-few-crops"
   * @param forParent importance for its parent's code; null for a root
   * @param forClass importance for the logit
   * @param excerpts crops that show it; empty for a root, whose excerpts stand with the class
   * @param split what it was taken apart into; null where it was not
   */
  public record Node(
      List<Integer> path,
      double agreement,
      String outcome,
      @Nullable Effect forParent,
      Effect forClass,
      List<Bundle.Excerpt> excerpts,
      @Nullable Split split) {}

  /** Importance: total Sobol index with the estimator's interval, and the sign of the influence. */
  public record Effect(double total, double low, double high, int sign) {}

  /**
   * A concept's parts.
   *
   * @param members crops that it was taken apart on, rows of the class's {@code crops}
   * @param agreement of the members at the earlier layer, weighted by the concept's own code: what
   *     the agreement of the sub-concepts is to be compared with
   * @param r2 share of the variance of the members' activations that the sub-concepts keep
   * @param kept share of the concept's own code that is left when the earlier activations are
   *     replaced by what the sub-concepts rebuild
   * @param parentEstimator how importance for the concept's code was found
   * @param classEstimator how importance for the class was found
   * @param examples crops that importance is averaged over
   * @param children by id
   */
  public record Split(
      List<Integer> members,
      double agreement,
      double r2,
      double kept,
      String parentEstimator,
      String classEstimator,
      int examples,
      List<Node> children) {}
}
