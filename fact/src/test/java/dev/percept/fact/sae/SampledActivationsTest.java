package dev.percept.fact.sae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import org.junit.jupiter.api.Test;

class SampledActivationsTest {
  private static final Tensor WEIGHTS = Tensor.of(Shape.of(4), 1, 0, 5, 2);

  @Test
  void positionsAreDrawnInProportion() {
    int n = 20_000;
    int[] counts = new int[4];
    for (int i = 0; i < n; i++) {
      counts[SampledActivations.draw(WEIGHTS, 1, Run.of(i).random("d"))[0]]++;
    }
    // 5 standard deviations of a share of one half.
    double tolerance = 5 * Math.sqrt(0.25 / n);
    assertEquals(1 / 8.0, counts[0] / (double) n, tolerance);
    assertEquals(0, counts[1]);
    assertEquals(5 / 8.0, counts[2] / (double) n, tolerance);
    assertEquals(2 / 8.0, counts[3] / (double) n, tolerance);
  }

  @Test
  void theSecondIsDrawnFromWhatIsLeft() {
    int n = 20_000;
    int both = 0;
    for (int i = 0; i < n; i++) {
      int[] drawn = SampledActivations.draw(WEIGHTS, 2, Run.of(i).random("d"));
      both += drawn[0] == 0 && drawn[1] == 3 ? 1 : 0;
    }
    double expected = 1 / 8.0 * 2 / 7.0 + 2 / 8.0 * 1 / 6.0;
    assertEquals(expected, both / (double) n, 5 * Math.sqrt(0.25 / n));
  }

  @Test
  void positionsWithoutWeightComeLastAndNoneTwice() {
    assertArrayEquals(
        new int[] {0, 2, 3}, SampledActivations.draw(WEIGHTS, 3, Run.of(1).random("d")));
    assertArrayEquals(
        new int[] {0, 1, 2, 3}, SampledActivations.draw(WEIGHTS, 4, Run.of(1).random("d")));
    // Where nothing has a weight, all are alike.
    int[] counts = new int[4];
    for (int i = 0; i < 8000; i++) {
      counts[SampledActivations.draw(Tensor.zeros(Shape.of(4)), 1, Run.of(i).random("d"))[0]]++;
    }
    for (int count : counts) {
      assertEquals(2000, count, 5 * Math.sqrt(8000 * 0.25));
    }
  }
}
