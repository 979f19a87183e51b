package dev.percept.methods.metric;

import dev.percept.core.ConceptBank;
import dev.percept.core.ConceptExtractor;
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
 * @param points one a number of concepts, ascending
 * @param chosen the number that is suggested
 */
public record RankCurve(List<Point> points, int chosen) {
  /** Concepts below this mean stability are mostly an accident of the start. */
  private static final double STABLE = 0.8;

  /** More held-out variance than this is worth another concept. */
  private static final double WORTH = 0.01;

  private static final int REFITS = 2;

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
    GroupSplit split = GroupSplit.of(groups, 0.2, run.random("rank.held-out"));
    if (split.first().isEmpty()) {
      throw new IllegalArgumentException(
          "groups: at least 2 pictures are needed to hold one out, found fewer");
    }
    Tensor held = GroupSplit.rows(activations, split.first());
    Tensor used = GroupSplit.rows(activations, split.second());
    int[] usedGroups = split.second().stream().mapToInt(i -> groups[i]).toArray();
    List<Point> points = new ArrayList<>();
    for (int r : candidates.stream().distinct().sorted().toList()) {
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
    }
    return new RankCurve(points, choose(points));
  }

  /**
   * The smallest number within {@value #WORTH} of the best held-out share among those whose
   * concepts come back; the most stable one if none does.
   */
  private static int choose(List<Point> points) {
    List<Point> stable = points.stream().filter(p -> p.stability >= STABLE).toList();
    if (stable.isEmpty()) {
      return points.stream()
          .max(Comparator.comparingDouble(Point::stability))
          .orElseThrow()
          .concepts;
    }
    double best = stable.stream().mapToDouble(Point::heldOut).max().orElseThrow();
    return stable.stream()
        .filter(p -> p.heldOut >= best - WORTH)
        .findFirst()
        .orElseThrow()
        .concepts;
  }
}
