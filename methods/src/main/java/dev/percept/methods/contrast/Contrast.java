package dev.percept.methods.contrast;

import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.methods.contrast.ClassContrast.Difference;
import dev.percept.methods.contrast.ClassContrast.OfConcept;
import dev.percept.methods.contrast.ClassContrast.Use;
import dev.percept.methods.metric.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Sets what two classes differ in against what the model uses: Δ, the difference of mean codes, and
 * the total Sobol index of each class's own logit (Magne et al.'s comparison, with intervals and
 * with the estimator that it needs).
 *
 * <p>Two questions, each answered by an interval, so that each may stay open:
 *
 * <ul>
 *   <li><b>Do they differ?</b> Yes if the whole interval of Δ lies beyond {@code margin} units
 *       <i>and</i> beyond what the most different concept reaches when examples are dealt to the
 *       classes at random, so that two samples of one class differ in no concept more often than in
 *       5 % of all comparisons. No if the whole interval lies within {@code margin} units. That
 *       nothing was found is not enough for a no: with few examples nothing ever is. The unit is
 *       the concept's own: the standard deviation within a class, or both means together where that
 *       is smaller. With a margin of one half, two normal distributions that count as alike have at
 *       least 80 % of their area in common, and a concept differs if one class has more than three
 *       times as much of it.
 *   <li><b>Is it used?</b> Yes if the whole interval of the index lies above an equal share of the
 *       class's importance, which is what concepts drawn at random have on average; no if it lies
 *       below.
 * </ul>
 *
 * <p>With fewer than {@code fewest} examples of a class nothing is decided: of what all of 10
 * examples have, up to 30 % of the others may have none (the "rule of three").
 *
 * <p>Not for concepts that were found in one of the classes alone: what the other has of its own is
 * then in none of them, and the two look more alike than they are.
 *
 * @param margin below this many units two classes are alike, more than 0
 * @param permutations random deals, at least 99
 * @param resamples of the bootstrap, at least 200
 * @param fewest examples of a class that allow a decision, at least 2
 */
public record Contrast(double margin, int permutations, int resamples, int fewest) {
  /** Half a unit, 999 deals, 2000 resamples, 10 examples. */
  public static final Contrast DEFAULT = new Contrast(0.5, 999, 2000, 10);

  /** Nearer to a threshold than this, relative to it, is on it: rounding of float32 sums. */
  private static final double NEAR = 1e-4;

  public Contrast {
    if (!(margin > 0 && margin < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("contrast margin: more than 0, found " + margin);
    }
    atLeast("permutations", 99, permutations);
    atLeast("resamples", 200, resamples);
    atLeast("fewest", 2, fewest);
  }

  private static void atLeast(String name, int least, int found) {
    if (found < least) {
      throw new IllegalArgumentException(
          "contrast " + name + ": at least " + least + ", found " + found);
    }
  }

  /**
   * Compares.
   *
   * @param a the first class; Δ is positive where it has more
   * @param b the second class, with codes of the same concepts
   * @throws IllegalArgumentException if the numbers of concepts differ
   */
  public ClassContrast measure(ClassCodes a, ClassCodes b, Run run) {
    if (a.concepts() != b.concepts()) {
      throw new IllegalArgumentException(
          "classes: codes of the same concepts, found "
              + a.concepts()
              + " and "
              + b.concepts()
              + " concepts");
    }
    run.throwIfCancelled();
    int smaller = Math.min(a.examples(), b.examples());
    boolean tooFew = smaller < fewest;
    double[][] meansA = a.means();
    double[][] meansB = b.means();
    Differences differences = Differences.of(meansA, meansB);
    double chance =
        Differences.chance(meansA, meansB, permutations, run.random("contrast.permutations"));
    double differs = Math.max(margin, chance);
    run.throwIfCancelled();
    double[][] drawnA = Resamples.means(meansA, resamples, run.random("contrast.codes.a"));
    double[][] drawnB = Resamples.means(meansB, resamples, run.random("contrast.codes.b"));
    double[][] indicesA = Resamples.means(a.importances(), resamples, run.random("contrast.use.a"));
    double[][] indicesB = Resamples.means(b.importances(), resamples, run.random("contrast.use.b"));
    double usedA = share(a.importance());
    double usedB = share(b.importance());
    List<OfConcept> concepts = new ArrayList<>();
    for (int k = 0; k < a.concepts(); k++) {
      double[] deltas = new double[resamples];
      for (int s = 0; s < resamples; s++) {
        deltas[s] = drawnA[s][k] - drawnB[s][k];
      }
      double[] interval = Percentiles.interval(deltas, smaller);
      double unit = differences.units()[k];
      concepts.add(
          new OfConcept(
              new Difference(
                  differences.meanA()[k],
                  differences.meanB()[k],
                  differences.meanA()[k] - differences.meanB()[k],
                  interval[0],
                  interval[1],
                  unit,
                  tooFew
                      ? Decision.UNDECIDED
                      : differs(interval[0], interval[1], margin * unit, differs * unit)),
              use(a, indicesA, k, usedA, tooFew),
              use(b, indicesB, k, usedB, tooFew)));
    }
    return new ClassContrast(
        concepts,
        new ClassContrast.Thresholds(margin, differs, chance, usedA, usedB),
        Overlap.of(
            part(concepts, indicesA, indicesB, Decision.NO, smaller),
            part(concepts, indicesA, indicesB, Decision.YES, smaller)),
        a.examples(),
        b.examples(),
        tooFew);
  }

  private static double share(Importance importance) {
    return importance.concepts().stream()
        .mapToDouble(Importance.OfConcept::total)
        .average()
        .orElseThrow();
  }

  private static Use use(
      ClassCodes of, double[][] indices, int k, double threshold, boolean tooFew) {
    Importance.OfConcept concept = of.importance().concepts().get(k);
    double[] draws = new double[indices.length];
    for (int s = 0; s < draws.length; s++) {
      draws[s] = indices[s][k];
    }
    double[] interval = Percentiles.interval(draws, of.examples());
    double low = Math.max(0, Math.min(interval[0], concept.low()));
    double high = Math.max(interval[1], concept.high());
    Decision used = tooFew ? Decision.UNDECIDED : above(low, high, threshold);
    return new Use(concept.total(), low, high, concept.sign(), used);
  }

  /** A logit that depends on nothing uses nothing, though 0 is an equal share of it then. */
  private static Decision above(double low, double high, double threshold) {
    if (low > threshold * (1 + NEAR)) {
      return Decision.YES;
    }
    return high < threshold * (1 - NEAR) || high == 0 ? Decision.NO : Decision.UNDECIDED;
  }

  private static Decision differs(double low, double high, double within, double beyond) {
    if (low > beyond || high < -beyond) {
      return Decision.YES;
    }
    boolean alike = low > -within && high < within;
    return alike || (low == 0 && high == 0) ? Decision.NO : Decision.UNDECIDED;
  }

  /** Importance on the concepts of which {@code differs} was decided. */
  private static Overlap.Part part(
      List<OfConcept> concepts, double[][] a, double[][] b, Decision differs, int examples) {
    Predicate<OfConcept> chosen = c -> c.difference().differs() == differs;
    double[] useA = concepts.stream().mapToDouble(c -> c.useA().total()).toArray();
    double[] useB = concepts.stream().mapToDouble(c -> c.useB().total()).toArray();
    double[] draws = new double[a.length];
    for (int s = 0; s < draws.length; s++) {
      draws[s] = (share(concepts, a[s], chosen) + share(concepts, b[s], chosen)) / 2;
    }
    double[] interval = Percentiles.interval(draws, examples);
    return new Overlap.Part(
        (share(concepts, useA, chosen) + share(concepts, useB, chosen)) / 2,
        Math.max(0, interval[0]),
        Math.min(1, interval[1]));
  }

  private static double share(
      List<OfConcept> concepts, double[] indices, Predicate<OfConcept> chosen) {
    double part = 0;
    double all = 0;
    for (int k = 0; k < indices.length; k++) {
      all += indices[k];
      part += chosen.test(concepts.get(k)) ? indices[k] : 0;
    }
    return all > 0 ? part / all : 0;
  }
}
