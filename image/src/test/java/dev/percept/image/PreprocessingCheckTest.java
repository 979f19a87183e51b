package dev.percept.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreprocessingCheckTest {
  private static final int OUTPUTS = 20;

  @Test
  void ranksCountTiesAndWhatIsNoNumberAgainstTheClass() {
    Tensor logits =
        Tensor.of(Shape.of(3, 4), 1, 5, 3, 4, /* all alike */ 2, 2, 2, 2, /* */ Float.NaN, 1, 0, 2);
    assertEquals(1, PreprocessingCheck.rank(logits, 0, 1));
    assertEquals(3, PreprocessingCheck.rank(logits, 0, 2));
    assertEquals(4, PreprocessingCheck.rank(logits, 1, 0));
    assertEquals(4, PreprocessingCheck.rank(logits, 2, 0), "its own is no number");
    assertEquals(2, PreprocessingCheck.rank(logits, 2, 3), "another is no number");
    assertThrows(IllegalArgumentException.class, () -> PreprocessingCheck.rank(logits, 0, 4));
  }

  @Test
  void thePairedIntervalIsBonettAndPrices() {
    // n = 98, 19 against 9: p = 20/100, q = 10/100; .1 +- 1.96 sqrt((.3 - .01) / 100).
    PairedDifference d = PairedDifference.of(19, 9, 98, 1.96);
    assertEquals(10 / 98.0, d.difference(), 1e-12);
    assertEquals(0.1 - 1.96 * Math.sqrt(0.0029), d.low(), 1e-12);
    assertEquals(0.1 + 1.96 * Math.sqrt(0.0029), d.high(), 1e-12);
    assertFalse(d.decides());
    assertTrue(PairedDifference.of(40, 5, 98, 1.96).decides());
    PairedDifference none = PairedDifference.of(0, 0, 10, 1.96);
    assertTrue(none.low() < -0.1 && none.high() > 0.1, "never surer than ten pictures allow");
    assertThrows(IllegalArgumentException.class, () -> PairedDifference.of(5, 6, 10, 1.96));
  }

  @Test
  void thePairedIntervalCoversTheTruth() {
    SplittableRandom random = new SplittableRandom(7);
    int covered = 0;
    int trials = 4000;
    for (int t = 0; t < trials; t++) {
      int first = 0;
      int second = 0;
      for (int i = 0; i < 60; i++) {
        double u = random.nextDouble();
        first += u < 0.15 ? 1 : 0;
        second += u >= 0.15 && u < 0.2 ? 1 : 0;
      }
      PairedDifference d = PairedDifference.of(first, second, 60, 1.96);
      covered += d.low() <= 0.1 && 0.1 <= d.high() ? 1 : 0;
    }
    // 95 % wanted; 4 standard errors of 4000 trials are 1.4 points.
    assertEquals(0.95, (double) covered / trials, 0.02);
  }

  @Test
  void quantilesOfTheNormalDistribution() {
    assertEquals(1.959964, PreprocessingCheck.normalQuantile(0.025), 4.5e-4);
    assertEquals(2.497705, PreprocessingCheck.normalQuantile(0.00625), 4.5e-4);
  }

  @Test
  void aClearWinnerIsNamed() {
    PreprocessingCheck check =
        check(truth(200, 5), Map.of("imagenet", 0.3, "unit", 0.8, "raw255", 0.05));
    assertTrue(check.decided(), check.verdict());
    assertEquals(Normalization.UNIT, check.best());
    assertEquals(200, check.pictures());
    assertEquals(5, check.classes());
    assertEquals(OUTPUTS, check.outputs());
    PreprocessingCheck.Row best = check.rows().get(0);
    assertEquals(0.8, best.top1(), 0.1);
    assertTrue(best.top5() >= best.top1());
    assertTrue(best.low() < best.top1() && best.top1() < best.high());
    assertEquals("imagenet", check.rows().get(1).normalization().name());
    assertTrue(check.rows().get(1).behindBest().decides());
    assertTrue(check.verdict().startsWith("Use unit: the model is right on "), check.verdict());
  }

  @Test
  void aCloseRaceIsLeftOpen() {
    PreprocessingCheck check = check(truth(40, 5), Map.of("imagenet", 0.78, "cifar10", 0.75));
    assertFalse(check.decided());
    assertTrue(check.verdict().startsWith("Cannot decide between"), check.verdict());
    assertTrue(check.verdict().contains("with 40 pictures"), check.verdict());
    assertTrue(check.verdict().contains("costs at most"), check.verdict());
  }

  @Test
  void presetsThatGiveTheSameAnswersAreLeftOpen() {
    List<Integer> truth = truth(50, 5);
    List<int[]> ranks = List.of(ones(50), ones(50));
    PreprocessingCheck check =
        PreprocessingCheck.of(
            List.of(Normalization.IMAGENET, Normalization.UNIT), ranks, truth, 1000);
    assertFalse(check.decided());
    assertFalse(check.verdict().contains("would be needed"), check.verdict());
  }

  @Test
  void aModelThatAlwaysGivesOneAnswerProvesNothing() {
    // Under raw255 the model answers 0 to everything, and all pictures are of class 0.
    PreprocessingCheck check = check(truth(100, 1), Map.of("raw255", 1.0, "imagenet", 0.9));
    assertFalse(check.decided());
    assertTrue(check.verdict().contains("all pictures are of one class"), check.verdict());
  }

  @Test
  void aModelThatKnowsNothingIsNotRanked() {
    PreprocessingCheck check = check(truth(100, 2), Map.of("imagenet", 0.1, "unit", 0.3));
    assertFalse(check.decided());
    assertTrue(check.verdict().contains("labels are in another order"), check.verdict());
  }

  @Test
  void batchesChangeNothing() {
    List<Integer> truth = truth(23, 3);
    PreprocessingCheck whole = check(truth, Map.of("imagenet", 0.7, "unit", 0.4), 23);
    assertEquals(whole, check(truth, Map.of("imagenet", 0.7, "unit", 0.4), 5));
    assertThrows(IllegalArgumentException.class, () -> check(List.of(), Map.of("unit", 1.0)));
    assertThrows(IllegalArgumentException.class, () -> check(truth, Map.of(), 5));
    assertThrows(IllegalArgumentException.class, () -> check(truth, Map.of("unit", 1.0), 0));
  }

  private static PreprocessingCheck check(List<Integer> truth, Map<String, Double> skill) {
    return check(truth, skill, 16);
  }

  /** A model that is right with the given probability, otherwise gives random logits. */
  private static PreprocessingCheck check(
      List<Integer> truth, Map<String, Double> skill, int batch) {
    return PreprocessingCheck.run(
        skill.keySet().stream().sorted().map(Normalization::parse).toList(),
        truth,
        batch,
        (preset, from, to) -> {
          float[] logits = new float[(to - from) * OUTPUTS];
          for (int i = from; i < to; i++) {
            SplittableRandom random = new SplittableRandom(31L * i + preset.name().hashCode());
            random = random.split();
            boolean right = random.nextDouble() < skill.getOrDefault(preset.name(), 0.0);
            for (int c = 0; c < OUTPUTS; c++) {
              double bonus = c != truth.get(i) ? 0 : right ? 2 : -2;
              logits[(i - from) * OUTPUTS + c] = (float) (random.nextDouble() + bonus);
            }
          }
          return Tensor.wrap(Shape.of(to - from, OUTPUTS), logits);
        },
        Run.of(0));
  }

  private static List<Integer> truth(int pictures, int classes) {
    return new ArrayList<>(IntStream.range(0, pictures).map(i -> i % classes).boxed().toList());
  }

  private static int[] ones(int size) {
    return IntStream.range(0, size).map(i -> 1).toArray();
  }
}
