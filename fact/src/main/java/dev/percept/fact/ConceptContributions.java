package dev.percept.fact;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What concepts contribute to a number of each of n pictures: a logit, or how much of a later
 * concept there is.
 *
 * @param presence n x r, codes summed over locations
 * @param contributions n x r
 * @param remainder n, what the offset of the dictionary contributes, which belongs to no concept: 0
 *     without one
 * @param explained n, what contributions and remainder add up to, but for rounding: the logit
 *     without its constant
 * @param targets n, index of the logit or of the later concept
 * @param outputs n x outputs, all logits with the concepts in place (n x 1 where no logit is
 *     explained: how much of the later concept there is)
 * @param gaps n, how far the sum is from {@code explained}, relative to the sum of magnitudes: a
 *     logit may be near 0
 * @param atLocations n x L x r where it was asked for: contributions summed over nothing
 */
public record ConceptContributions(
    Tensor presence,
    Tensor contributions,
    Tensor remainder,
    Tensor explained,
    List<Integer> targets,
    Tensor outputs,
    List<Double> gaps,
    @Nullable Tensor atLocations) {
  public ConceptContributions {
    targets = List.copyOf(targets);
    gaps = List.copyOf(gaps);
    int n = contributions.rows();
    if (!presence.shape().equals(contributions.shape())
        || !remainder.shape().equals(Shape.of(n))
        || !explained.shape().equals(Shape.of(n))
        || targets.size() != n
        || outputs.rows() != n
        || gaps.size() != n) {
      throw new IllegalArgumentException(
          "contributions: expected a row of everything for each of " + n + " pictures");
    }
  }

  /** How many pictures. */
  public int size() {
    return contributions.rows();
  }

  /** The largest gap of all pictures; 0 without pictures. */
  public double largestGap() {
    return gaps.stream().mapToDouble(g -> g).max().orElse(0);
  }
}
