package dev.percept.zoo.reviews.exam;

import dev.percept.core.Run;
import dev.percept.core.Target;
import java.util.List;

/** Compares two classes of texts. */
@FunctionalInterface
public interface PairExplainer {
  /**
   * Compares.
   *
   * @param a texts that are said to be of the first class
   * @param b texts that are said to be of the second
   */
  Judgement compare(List<String> a, Target first, List<String> b, Target second, Run run);

  /**
   * What was said of a pair.
   *
   * @param verdict whether it overlaps
   * @param shared share of importance on concepts that both classes have alike, 0 to 1
   * @param discriminating share of importance on concepts that one has more of, 0 to 1
   * @param confused share of the texts of both that the model takes for the other class, 0 to 1
   * @param concepts how many concepts
   * @param overlapping how many of them both classes have alike and both use
   */
  record Judgement(
      Verdict verdict,
      double shared,
      double discriminating,
      double confused,
      int concepts,
      int overlapping) {}

  /** What can be said of a pair. */
  enum Verdict {
    OVERLAPPING,
    DISTINCT,
    UNDECIDED
  }
}
