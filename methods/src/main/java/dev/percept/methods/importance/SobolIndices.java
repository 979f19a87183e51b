package dev.percept.methods.importance;

import java.util.List;

/**
 * First-order and total Sobol indices of r concepts, averaged over examples.
 *
 * @param estimator {@code affine-exact}, where both are the same, or {@code saltelli-jansen}
 * @param designs points of design A an example; 0 where nothing was sampled
 * @param concepts one entry a concept
 */
public record SobolIndices(String estimator, int designs, List<OfConcept> concepts) {
  public SobolIndices {
    concepts = List.copyOf(concepts);
  }

  /**
   * Indices of one concept.
   *
   * @param first the share of the score's variance that the concept explains by itself
   * @param total the share that goes where it is held still: itself and what it does with others
   */
  public record OfConcept(Index first, Index total) {
    /** The share that it has only together with other concepts. */
    public double interactions() {
      return total.value() - first.value();
    }
  }

  /**
   * An index with its 95 % interval; sampled ones are not cut at 0 or 1.
   *
   * @param low lower end: the value itself where it is exact
   * @param high upper end
   */
  public record Index(double value, double low, double high) {}
}
