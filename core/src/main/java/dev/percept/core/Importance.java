package dev.percept.core;

import java.util.List;

/**
 * Importance of r concepts.
 *
 * @param estimator which estimator was used, {@code affine-exact} or {@code jansen}
 * @param designs masks of design A per example; 0 where nothing was sampled
 * @param settled whether the ranking was settled before the budget was spent
 * @param concepts one entry a concept, in the order of the bank
 * @param perExample n x r total indices of each example
 */
public record Importance(
    String estimator, int designs, boolean settled, List<OfConcept> concepts, Tensor perExample) {

  /**
   * Importance of one concept, averaged over examples.
   *
   * @param total total Sobol index; 1 is all of the score's variance
   * @param low lower end of the 95 % interval of the estimator: {@code total} where it is exact
   * @param high upper end
   * @param dataLow lower end of a 95 % bootstrap interval over examples: what other examples of the
   *     same kind would give
   * @param dataHigh upper end
   * @param sign 1 if strengthening the concept raises the score on average, -1 if it lowers it, 0
   *     if it does neither
   */
  public record OfConcept(
      double total, double low, double high, double dataLow, double dataHigh, int sign) {}

  public Importance {
    concepts = List.copyOf(concepts);
  }
}
