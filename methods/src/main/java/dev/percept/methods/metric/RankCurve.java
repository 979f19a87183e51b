package dev.percept.methods.metric;

import dev.percept.core.ConceptBank;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many concepts there are: what pictures that were not used for the fit keep, and whether the
 * concepts come back, against their number. Reconstruction of the fitted data alone grows with
 * every concept and decides nothing.
 *
 * <p>The rule: of the numbers whose concepts have a mean stability of at least {@value #STABLE},
 * the one with the largest held-out share less {@value #WORTH} a concept, so that one more concept
 * must keep that much more; where none is so stable, the most stable.
 *
 * @param points one a number of concepts, ascending
 * @param chosen the number that is suggested
 */
public record RankCurve(List<Point> points, int chosen) {
  /** Concepts below this mean stability are mostly an accident of the start. */
  public static final double STABLE = 0.8;

  /** The share of held-out variance that one more concept must keep to be worth looking at. */
  public static final double WORTH = 0.005;

  private static final int REFITS = 2;

  private static final double HELD_OUT = 0.2;

  /** More than 25 concepts a class are too many to look at. */
  private static final List<Integer> USUAL = List.of(2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25);

  /**
   * One number of concepts.
   *
   * @param heldOut share of the variance kept in the fifth of the groups that was held out
   * @param stability mean over concepts, of the fit to the other groups
   * @param chance the same of random concepts
   */
  public record Point(int concepts, double heldOut, double stability, double chance) {}

  public RankCurve {
    points = List.copyOf(points);
  }

  /**
   * Tries the usual numbers of concepts, from 2 to 25, as far as the data goes: three rows and a
   * feature a concept.
   *
   * @param extractor any number of concepts
   * @param activations n x p
   * @param groups n values: rows with the same value (crops of one picture) stay together
   * @throws IllegalArgumentException if there are fewer than 2 groups, or fewer than 6 rows or 2
   *     features
   */
  public static RankCurve measure(
      ConceptExtractor extractor, Tensor activations, int[] groups, Run run) {
    int most = Math.min(activations.rows() / 3, activations.shape().dim(1));
    List<Integer> possible = USUAL.stream().filter(r -> r <= most).toList();
    if (possible.isEmpty()) {
      throw new IllegalArgumentException(
          "activations: at least 6 x 2 to choose a number of concepts, found "
              + activations.shape());
    }
    return measure(extractor, activations, groups, possible, run);
  }

  /**
   * Tries numbers of concepts.
   *
   * @param extractor any number of concepts
   * @param activations n x p
   * @param groups n values: rows with the same value (crops of one picture) stay together
   * @param candidates numbers to try
   * @throws IllegalArgumentException if there are fewer than 2 groups, or the rows of four fifths
   *     of them are too few for a candidate
   */
  public static RankCurve measure(
      ConceptExtractor extractor,
      Tensor activations,
      int[] groups,
      List<Integer> candidates,
      Run run) {
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("candidates: at least 1, found none");
    }
    GroupSplit split = GroupSplit.of(groups, HELD_OUT, run.random("rank.held-out"));
    if (split.first().isEmpty()) {
      throw new IllegalArgumentException(
          "groups: at least 2 pictures are needed to hold one out, found fewer");
    }
    Tensor held = GroupSplit.rows(activations, split.first());
    Tensor used = GroupSplit.rows(activations, split.second());
    int[] usedGroups = split.second().stream().mapToInt(i -> groups[i]).toArray();
    List<Point> points = new ArrayList<>();
    List<Integer> ascending = candidates.stream().distinct().sorted().toList();
    try (Progress.Stage stage = run.stage("number of concepts", ascending.size())) {
      for (int r : ascending) {
        run.throwIfCancelled();
        ConceptExtractor sized = extractor.withConcepts(r);
        ConceptBank bank = sized.fit(used, run);
        Stability stability = Stability.measure(bank, sized, used, usedGroups, REFITS, run);
        double mean =
            stability.concepts().stream()
                .mapToDouble(Stability.OfConcept::value)
                .average()
                .orElseThrow();
        double kept = Reconstruction.of(held, bank, run).r2();
        points.add(new Point(r, kept, mean, stability.random()));
        stage.advance(1);
      }
    }
    return new RankCurve(points, choose(points));
  }

  /** See the class; the smaller of two equally good numbers. */
  private static int choose(List<Point> points) {
    List<Point> stable = points.stream().filter(p -> p.stability >= STABLE).toList();
    Comparator<Point> best =
        stable.isEmpty()
            ? Comparator.comparingDouble(Point::stability)
            : Comparator.comparingDouble(p -> p.heldOut - WORTH * p.concepts);
    return (stable.isEmpty() ? points : stable)
        .stream().max(best.thenComparingInt(p -> -p.concepts)).orElseThrow().concepts;
  }
}
