package dev.percept.methods.contrast;

import java.util.List;

/**
 * Two classes beside each other, concept by concept.
 *
 * @param concepts one entry a concept, in the order of the bank
 * @param thresholds what the decisions were taken by
 * @param overlap how much of the importance lies on what both classes share
 * @param examplesA examples of the first class
 * @param examplesB examples of the second class
 * @param tooFew whether a class has so few examples that nothing is decided
 */
public record ClassContrast(
    List<OfConcept> concepts,
    Thresholds thresholds,
    Overlap overlap,
    int examplesA,
    int examplesB,
    boolean tooFew) {

  public ClassContrast {
    concepts = List.copyOf(concepts);
  }

  /**
   * What a concept must reach.
   *
   * @param shared differences below this, in units of the concept, are none
   * @param differs differences above this, in units of the concept, are some: at least {@code
   *     shared}, and more than what the most different concept reaches by chance
   * @param chance that reach: the 95th percentile over random deals of the examples
   * @param usedA an index above this is use by the first class: an equal share of all importance
   * @param usedB the same for the second class
   */
  public record Thresholds(
      double shared, double differs, double chance, double usedA, double usedB) {}

  /**
   * One concept.
   *
   * @param difference how much more the first class has of it
   * @param useA how much the first class's logit depends on it, in examples of the first class
   * @param useB the same of the second class
   */
  public record OfConcept(Difference difference, Use useA, Use useB) {
    /** Where it stands for the first class's logit. */
    public Quadrant quadrantA() {
      return Quadrant.of(difference.differs(), useA.used());
    }

    /** Where it stands for the second class's logit. */
    public Quadrant quadrantB() {
      return Quadrant.of(difference.differs(), useB.used());
    }

    /** Where it stands for the pair: used is what either class uses. */
    public Quadrant quadrant() {
      return Quadrant.of(difference.differs(), useA.used().or(useB.used()));
    }

    /**
     * Whether both classes have it alike and both use it: here the model can take one for the
     * other.
     */
    public Decision overlaps() {
      Decision shared =
          switch (difference.differs()) {
            case YES -> Decision.NO;
            case NO -> Decision.YES;
            case UNDECIDED -> Decision.UNDECIDED;
          };
      return shared.and(useA.used()).and(useB.used());
    }
  }

  /**
   * The difference of mean codes, over locations and then examples.
   *
   * @param meanA of the first class
   * @param meanB of the second class
   * @param delta Δ, {@code meanA − meanB}, in units of the codes
   * @param low lower end of its 95 % bootstrap interval over examples of both classes
   * @param high upper end
   * @param unit what differences of this concept are measured in, see {@link Contrast}
   * @param differs whether the classes differ in it
   */
  public record Difference(
      double meanA,
      double meanB,
      double delta,
      double low,
      double high,
      double unit,
      Decision differs) {
    /** Δ in units; 0 where the concept is nowhere. */
    public double size() {
      return unit == 0 ? 0 : delta / unit;
    }
  }

  /**
   * What a logit depends on.
   *
   * @param total total Sobol index, mean over the class's examples
   * @param low lower end of a 95 % interval, over examples and of the estimator, whichever is wider
   * @param high upper end
   * @param sign 1 if the concept raises the logit, -1 if it lowers it, 0 if neither
   * @param used whether it carries more than an equal share
   */
  public record Use(double total, double low, double high, int sign, Decision used) {}
}
