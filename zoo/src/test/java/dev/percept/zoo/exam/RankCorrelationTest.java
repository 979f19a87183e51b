package dev.percept.zoo.exam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  @Test
  void onlyTheOrderCounts() {
    double[] a = {1, 2, 3, 4};
    assertEquals(1, RankCorrelation.spearman(a, new double[] {0, 10, 11, 1e9}), 1e-12);
    assertEquals(-1, RankCorrelation.spearman(a, new double[] {3, 2, 1, -7}), 1e-12);
  }

  @Test
  void aKnownValue() {
    // Differences of ranks 0, 1, 1, 1, 1: 1 - 6 * 4 / (5 * 24) = 0.8.
    assertEquals(
        0.8,
        RankCorrelation.spearman(new double[] {1, 2, 3, 4, 5}, new double[] {1, 3, 2, 5, 4}),
        1e-12);
  }

  @Test
  void tiesShareTheirRank() {
    assertArrayEquals(
        new double[] {1.5, 4, 1.5, 3}, RankCorrelation.ranks(new double[] {2, 9, 2, 5}));
  }

  @Test
  void withoutVariationThereIsNone() {
    assertEquals(0, RankCorrelation.spearman(new double[] {1, 2, 3}, new double[] {5, 5, 5}));
  }

  @Test
  void theIntervalHoldsTheValueAndNarrowsWithMorePairs() {
    RankCorrelation few = noisy(20);
    RankCorrelation many = noisy(400);
    assertTrue(few.low() <= few.value() && few.value() <= few.high(), few.toString());
    assertTrue(many.high() - many.low() < 0.5 * (few.high() - few.low()), many.toString());
    assertEquals(400, many.pairs());
  }

  private static RankCorrelation noisy(int n) {
    Random random = new Random(3);
    double[] a = new double[n];
    double[] b = new double[n];
    for (int i = 0; i < n; i++) {
      a[i] = random.nextGaussian();
      b[i] = a[i] + random.nextGaussian();
    }
    return RankCorrelation.of(a, b, new SplittableRandom(1));
  }

  @Test
  void listsMustAgree() {
    assertThrows(
        IllegalArgumentException.class,
        () -> RankCorrelation.spearman(new double[2], new double[3]));
    assertThrows(
        IllegalArgumentException.class,
        () -> RankCorrelation.spearman(new double[1], new double[1]));
  }
}
