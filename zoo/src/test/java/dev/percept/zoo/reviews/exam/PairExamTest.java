package dev.percept.zoo.reviews.exam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.zoo.Split;
import dev.percept.zoo.reviews.Reviews;
import dev.percept.zoo.reviews.Topic;
import dev.percept.zoo.reviews.exam.PairExplainer.Judgement;
import dev.percept.zoo.reviews.exam.PairExplainer.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PairExamTest {
  private static final PairExam EXAM =
      new PairExam(
          10,
          3,
          List.of(
              new PairExam.Pair(Topic.PRESENTATION, Topic.DESIGN),
              new PairExam.Pair(Topic.PRICE, Topic.INGREDIENTS)),
          Split.TUNE);

  @Test
  void verdictsAreCountedAndTrialsDiffer() {
    Set<String> seen = new HashSet<>();
    Set<Long> seeds = new HashSet<>();
    List<Integer> sizes = new ArrayList<>();
    List<PairExam.Report> reports =
        EXAM.take(
            (a, first, b, second, run) -> {
              seen.addAll(a);
              seen.addAll(b);
              seeds.add(run.seed());
              sizes.add(a.size() + b.size());
              boolean overlap = first.label().equals("presentation");
              return new Judgement(
                  overlap ? Verdict.OVERLAPPING : Verdict.DISTINCT, 0.2, 0.8, run.seed(), 6, 1);
            },
            Run.of(4));
    assertEquals(2, reports.size());
    assertEquals(3, reports.get(0).count(Verdict.OVERLAPPING));
    assertEquals(0, reports.get(0).count(Verdict.UNDECIDED));
    assertEquals(3, reports.get(1).count(Verdict.DISTINCT));
    assertEquals(5, reports.get(0).mean(Judgement::confused), "of seeds 4, 5 and 6");
    assertEquals(Set.of(4L, 5L, 6L), seeds);
    assertEquals(0, reports.get(1).wordsShared());
    assertEquals(Reviews.overlap(Topic.PRESENTATION, Topic.DESIGN), reports.get(0).wordsShared());
    assertTrue(sizes.stream().allMatch(n -> n == 20));
    // 120 texts; a few short ones are written twice.
    assertTrue(seen.size() > 110, "texts " + seen.size());
  }

  @Test
  void unfitOptionsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new PairExam(9, 1, EXAM.pairs(), Split.TUNE));
    assertThrows(
        IllegalArgumentException.class, () -> new PairExam(10, 0, EXAM.pairs(), Split.TUNE));
    assertThrows(IllegalArgumentException.class, () -> new PairExam(10, 1, List.of(), Split.TUNE));
  }
}
