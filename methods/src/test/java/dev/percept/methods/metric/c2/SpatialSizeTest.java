package dev.percept.methods.metric.c2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SpatialSizeTest {
  @Test
  void countsTheFewestPixelsThatHoldFourFifths() {
    assertEquals(1, SpatialSize.of(new float[] {8, 1, 1, 0}).pixels());
    assertEquals(2, SpatialSize.of(new float[] {1, 7, 1, 1}).pixels());
    assertEquals(8, SpatialSize.of(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}).pixels());
    assertEquals(0.8, SpatialSize.of(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}).share());
  }

  @Test
  void whatIsNegativeHoldsNothing() {
    assertEquals(new SpatialSize(1, 3), SpatialSize.of(new float[] {-5, 0.1f, -1}));
    assertEquals(new SpatialSize(0, 2), SpatialSize.of(new float[] {-5, 0}));
  }

  @Test
  void refusesMapsWithoutPixels() {
    assertThrows(IllegalArgumentException.class, () -> SpatialSize.of(new float[0]));
    assertThrows(IllegalArgumentException.class, () -> new SpatialSize(5, 4));
  }
}
