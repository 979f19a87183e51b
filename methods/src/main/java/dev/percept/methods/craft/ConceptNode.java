package dev.percept.methods.craft;

import dev.percept.core.Dictionary;
import dev.percept.core.Importance;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.Consistency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A concept in the tree that {@link Recursion} grows.
 *
 * @param path numbers from the root down: {@code [3, 1]} is sub-concept 1 of concept 3
 * @param cut where it lives: 0 for the last cut, then ever earlier
 * @param consistency of its crops at its cut, beside random crops of the class
 * @param crops those that show it best, by their index; empty for a root, whose crops are chosen
 *     elsewhere
 * @param forParent importance for its parent's code; null for a root
 * @param forClass importance for the logit of the class
 * @param outcome whether it was taken apart, or why not
 * @param split what it was taken apart into; null where it was not
 */
public record ConceptNode(
    List<Integer> path,
    int cut,
    Consistency consistency,
    List<Integer> crops,
    Importance.@Nullable OfConcept forParent,
    Importance.OfConcept forClass,
    Outcome outcome,
    @Nullable Split split) {

  /** Why a concept was taken apart or left whole. */
  public enum Outcome {
    /** Its crops disagree, so it was taken apart. */
    SPLIT,
    /** Its crops agree. */
    CONSISTENT,
    /** Its crops disagree, but the tree is as deep as was asked for. */
    DEPTH,
    /** Its crops disagree, but there are too few of them. */
    TOO_FEW_CROPS
  }

  /**
   * A concept's parts.
   *
   * @param dictionary of the sub-concepts, at the next earlier cut, r x p
   * @param members the crops in which the concept is strongest, which it was taken apart on, by
   *     their index, strongest first
   * @param codes of the members, m x r
   * @param agreement of the members, weighted by the concept's own code, at the earlier cut: what
   *     the sub-concepts' agreement is to be compared with
   * @param reconstruction share of the variance of the members' activations that sub-concepts keep
   * @param kept share of the concept's own code that is left when activations at the earlier cut
   *     are replaced by what the sub-concepts rebuild, over the examples; 1 is all
   * @param parentEstimator how importance for the concept's code was found
   * @param classEstimator how importance for the class was found
   * @param examples crops that importance is averaged over
   * @param children one a sub-concept, the most important for the concept's code first
   */
  public record Split(
      Dictionary dictionary,
      List<Integer> members,
      Tensor codes,
      double agreement,
      double reconstruction,
      double kept,
      String parentEstimator,
      String classEstimator,
      int examples,
      List<ConceptNode> children) {
    public Split {
      members = List.copyOf(members);
      children = List.copyOf(children);
    }
  }

  public ConceptNode {
    path = List.copyOf(path);
    crops = List.copyOf(crops);
  }

  /** The number among its siblings. */
  public int id() {
    return path.get(path.size() - 1);
  }
}
