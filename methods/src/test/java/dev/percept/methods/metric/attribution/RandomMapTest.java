package dev.percept.methods.metric.attribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.Attribution;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomMapTest {
  private static final Run RUN = Run.of(1);
  private static final Shape INPUT = Shape.of(3, 30, 40);
  private static final LinearScore SCORE = LinearScore.random(INPUT, 1);
  private static final Tensor INPUTS = LinearScore.values(INPUT.batch(3), 2);

  private static float[] map(int cells, Tensor inputs, Run run) {
    return new RandomMap(cells).attribute(SCORE, inputs, run).values().toArray();
  }

  @Test
  void everyPictureHasItsOwnWhateverStandsBeside() {
    float[] all = map(0, INPUTS, RUN);
    float[] second = map(0, INPUTS.slice(1, 2), RUN);
    assertArrayEquals(Arrays.copyOfRange(all, 1200, 2400), second);
    assertFalse(Arrays.equals(Arrays.copyOfRange(all, 0, 1200), second));
    assertFalse(Arrays.equals(map(0, INPUTS, Run.of(2)), all));
    assertArrayEquals(map(0, INPUTS, RUN.withThreads(1)), all);
  }

  @Test
  void placesAreUniform() {
    double sum = 0;
    for (float v : map(0, INPUTS, RUN)) {
      sum += v / 3600;
    }
    assertEquals(0.5, sum, 4 * 0.289 / 60); // Four standard errors.
  }

  @Test
  void squaresAreSmallerMaps() {
    Attribution coarse = new RandomMap(7).attribute(SCORE, INPUTS, RUN);
    assertEquals(Shape.of(3, 1, 7, 7), coarse.values().shape());
    assertEquals(Shape.of(3, 30, 40), Places.of(coarse, INPUT).shape());
    assertEquals("random-7", coarse.method());
    Attribution limited = new RandomMap(35).attribute(SCORE, INPUTS, RUN);
    assertEquals(Shape.of(3, 1, 30, 35), limited.values().shape());
  }

  @Test
  void unfitThingsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new RandomMap(-1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RandomMap(0).attribute(SCORE, Tensor.zeros(Shape.of(1, 3, 40, 30)), RUN));
  }
}
