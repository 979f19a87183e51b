package dev.percept.methods.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogOddsTest {
  /** By hand: sums of logarithms of small fractions are exact to rounding. */
  private static final double ROUNDING = 1e-12;

  @Test
  void closedForm() {
    // n = 10, m = 30, prior 4: alpha is 4 x 12/40 = 1.2 for a and 4 x 28/40 = 2.8 for b.
    List<LogOdds.Word> words =
        new LogOdds(4).compare(Map.of("a", 8.0, "b", 2.0), Map.of("a", 4.0, "b", 26.0));
    double delta = Math.log(9.2 / 4.8) - Math.log(5.2 / 28.8);
    double z = delta / Math.sqrt(1 / 9.2 + 1 / 5.2);
    assertEquals("a", words.get(0).word());
    assertEquals(delta, words.get(0).delta(), ROUNDING);
    assertEquals(z, words.get(0).z(), ROUNDING);
    // With two words the odds of one are the inverse of the other's.
    assertEquals(-delta, words.get(1).delta(), ROUNDING);
  }

  @Test
  void swappingTheSidesSwapsTheSign() {
    Map<String, Double> one = Map.of("x", 5.0, "y", 1.0, "z", 3.0);
    Map<String, Double> other = Map.of("x", 2.0, "w", 9.0, "z", 3.0);
    Map<String, Double> back = new HashMap<>();
    LogOdds.DEFAULT.compare(other, one).forEach(w -> back.put(w.word(), w.z()));
    for (LogOdds.Word word : LogOdds.DEFAULT.compare(one, other)) {
      assertEquals(-back.getOrDefault(word.word(), Double.NaN), word.z(), ROUNDING);
    }
  }

  @Test
  void likeTextsGiveNothingAndDoubledOnesMore() {
    Map<String, Double> same = Map.of("x", 5.0, "y", 3.0);
    LogOdds.DEFAULT.compare(same, same).forEach(w -> assertEquals(0, w.z(), ROUNDING));
    double once = z(Map.of("x", 50.0, "y", 50.0), Map.of("x", 30.0, "y", 70.0));
    double twice = z(Map.of("x", 100.0, "y", 100.0), Map.of("x", 60.0, "y", 140.0));
    assertTrue(twice > once && once > 0);
  }

  private static double z(Map<String, Double> one, Map<String, Double> others) {
    return LogOdds.DEFAULT.compare(one, others).stream()
        .filter(w -> w.word().equals("x"))
        .findFirst()
        .orElseThrow()
        .z();
  }

  @Test
  void onTextsByChanceOneInTwentyIsBeyondTwo() {
    SplittableRandom random = new SplittableRandom(5);
    int beyond = 0;
    int all = 0;
    for (int round = 0; round < 40; round++) {
      Map<String, Double> one = new HashMap<>();
      Map<String, Double> others = new HashMap<>();
      for (int i = 0; i < 20_000; i++) {
        one.merge("w" + random.nextInt(50), 1.0, Double::sum);
        others.merge("w" + random.nextInt(50), 1.0, Double::sum);
      }
      for (LogOdds.Word word : LogOdds.DEFAULT.compare(one, others)) {
        all++;
        beyond += Math.abs(word.z()) > 1.96 ? 1 : 0;
      }
    }
    // 2000 words: 0.05 give or take four standard errors (0.005), the prior draws it in a little.
    assertEquals(0.05, (double) beyond / all, 0.02);
  }

  @Test
  void badCountsAreRefused() {
    Map<String, Double> fine = Map.of("a", 1.0);
    assertThrows(IllegalArgumentException.class, () -> new LogOdds(0));
    assertThrows(IllegalArgumentException.class, () -> LogOdds.DEFAULT.compare(Map.of(), fine));
    assertEquals(
        "others: counts of at least 0, found -1.0 of 'a'",
        assertThrows(
                IllegalArgumentException.class,
                () -> LogOdds.DEFAULT.compare(fine, Map.of("a", -1.0)))
            .getMessage());
  }
}
