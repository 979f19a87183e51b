package dev.percept.methods.metric.attribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.Attribution;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static Attribution attribution(Tensor values) {
    return new Attribution("m", "", null, values, true, 0, 0, null);
  }

  @Test
  void channelsAreAveragedWithTheirSigns() {
    Tensor values = Tensor.of(Shape.of(1, 2, 1, 2), 1, 4, -3, 2);
    assertArrayEquals(
        new float[] {-1, 3}, Places.of(attribution(values), Shape.of(2, 1, 2)).toArray());
  }

  @Test
  void coarseMapsAreUpSampledBilinearly() {
    Tensor values = Tensor.of(Shape.of(1, 1, 1, 2), 0, 4);
    assertArrayEquals(
        new float[] {0, 1, 3, 4, 0, 1, 3, 4},
        Places.of(attribution(values), Shape.of(3, 2, 4)).toArray());
  }

  @Test
  void mapsThatDoNotFitAreRefused() {
    Tensor values = Tensor.zeros(Shape.of(1, 1, 3, 2));
    assertThrows(
        IllegalArgumentException.class, () -> Places.of(attribution(values), Shape.of(3, 2, 2)));
    assertThrows(
        IllegalArgumentException.class, () -> Places.of(attribution(values), Shape.of(6, 6)));
    Tensor nan = Tensor.of(Shape.of(1, 1, 1, 1), Float.NaN);
    assertThrows(
        IllegalArgumentException.class, () -> Places.of(attribution(nan), Shape.of(1, 2, 2)));
  }

  @Test
  void theLargestComesFirstAndZerosAreEqual() {
    assertArrayEquals(
        new int[] {3, 0, 2, 1}, Places.order(new float[] {2, -7, 0, 9}, new Random(1)));
    // Were -0 below 0, index 0 would never come first.
    int first = 0;
    for (int seed = 0; seed < 200; seed++) {
      first += Places.order(new float[] {-0f, 0f}, new Random(seed * 7919L))[0] == 0 ? 1 : 0;
    }
    assertEquals(100, first, 40);
  }
}
