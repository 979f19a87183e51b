package dev.percept.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Importance of r concepts.
 *
 * @param estimator which estimator was used, {@code affine-exact} or {@code jansen}
 * @param scale what its numbers mean; numbers of different scales cannot be compared, their order
 *     can
 * @param designs what was drawn at random for an example: masks, or for total Sobol indices points
 *     of design A, each of which is r + 1 masks; 0 where nothing was sampled
 * @param settled whether the ranking was settled before the budget was spent
 * @param concepts one entry a concept, in the order of the bank
 * @param perExample n x r, importance for each example; with a sign where the scale has one
 */
public record Importance(
    String estimator,
    Scale scale,
    int designs,
    boolean settled,
    List<OfConcept> concepts,
    Tensor perExample) {

  /** What the numbers of an estimator mean. */
  public enum Scale {
    /** Total Sobol index: 1 is all of the score's variance under random masks. Never negative. */
    VARIANCE(false),
    /**
     * Units of the score: what the concept gives to it. An example's value has a sign; the total of
     * a concept is the mean of its magnitudes, so that what raises the score of some examples and
     * lowers that of others is not lost.
     */
    SCORE(true),
    /**
     * Correlation of kernels: 0 for independence, 1 where the score is a function of that concept
     * alone. An example's value may lie a little below 0, by chance.
     */
    DEPENDENCE(false),
    /** Magnitudes of any other scale, divided by their sum over concepts: they add up to 1. */
    SHARE(false);

    private final boolean signed;

    Scale(boolean signed) {
      this.signed = signed;
    }

    /** Whether an example's value below 0 says that the concept lowers its score. */
    public boolean signed() {
      return signed;
    }
  }

  /**
   * Importance of one concept, averaged over examples.
   *
   * @param total mean over examples, a magnitude: at least 0
   * @param low lower end of the 95 % interval of the estimator: {@code total} where it is exact
   * @param high upper end
   * @param dataLow lower end of a 95 % bootstrap interval over examples: what other examples of the
   *     same kind would give
   * @param dataHigh upper end; infinite where there is one example and the scale has no bound
   * @param sign 1 if strengthening the concept raises the score on average, -1 if it lowers it, 0
   *     if it does neither
   */
  public record OfConcept(
      double total, double low, double high, double dataLow, double dataHigh, int sign) {}

  public Importance {
    concepts = List.copyOf(concepts);
  }

  /**
   * The same as magnitudes that add up to 1 over the concepts; all 0 where the totals are. Total
   * Sobol indices stay as they are: they are shares already, of the variance, and joint effects
   * count for each of those that take part.
   */
  public Importance shares() {
    if (scale == Scale.VARIANCE || scale == Scale.SHARE) {
      return this;
    }
    double sum = concepts.stream().mapToDouble(OfConcept::total).sum();
    double factor = sum > 0 ? 1 / sum : 0;
    List<OfConcept> shares = new ArrayList<>();
    for (OfConcept c : concepts) {
      shares.add(
          new OfConcept(
              c.total * factor,
              share(c.low, factor),
              share(c.high, factor),
              share(c.dataLow, factor),
              share(c.dataHigh, factor),
              c.sign));
    }
    float[] each = perExample.toArray();
    for (int i = 0; i < each.length; i++) {
      each[i] = (float) (Math.max(0, scale.signed() ? Math.abs(each[i]) : each[i]) * factor);
    }
    return new Importance(
        estimator, Scale.SHARE, designs, settled, shares, Tensor.wrap(perExample.shape(), each));
  }

  private static double share(double value, double factor) {
    return factor == 0 ? 0 : Math.min(1, Math.max(0, value * factor));
  }
}
