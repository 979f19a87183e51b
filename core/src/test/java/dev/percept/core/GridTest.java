package dev.percept.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GridTest {
  /** Example i, location l, column w: 100 i + 10 l + w. */
  private static Tensor numbered(int n, int locations, int w) {
    float[] values = new float[n * locations * w];
    for (int i = 0; i < values.length; i++) {
      values[i] = 100 * (i / (locations * w)) + 10 * (i / w % locations) + i % w;
    }
    return Tensor.wrap(Shape.of(n, locations, w), values);
  }

  @Test
  void placesAndOtherTokensAreToldApart() {
    Grid grid = new Grid(1, 2, 2, 1);
    Tensor all = numbered(2, grid.size(), 1);
    assertArrayEquals(new float[] {20, 30, 120, 130}, grid.ofPlaces(all).toArray());
    assertArrayEquals(new float[] {0, 10, 40, 100, 110, 140}, grid.ofSpecials(all).toArray());
    assertEquals(Shape.of(2, 3, 1), grid.ofSpecials(all).shape());
    assertEquals("2 + 1 x 2 + 1", grid.toString());
    assertEquals(2, grid.location(0));
    assertFalse(grid.isPlace(1));
    assertTrue(grid.isPlace(3));
    assertFalse(grid.isPlace(4));
    assertEquals(new Grid(1, 2), grid.ofPlaces());
  }

  @Test
  void tokensOnOneSideOnly() {
    Tensor all = numbered(1, 3, 2);
    assertArrayEquals(new float[] {0, 1}, new Grid(1, 2, 1, 0).ofSpecials(all).toArray());
    assertArrayEquals(new float[] {20, 21}, new Grid(1, 2, 0, 1).ofSpecials(all).toArray());
    assertArrayEquals(new float[] {0, 1, 10, 11}, new Grid(1, 2, 0, 1).ofPlaces(all).toArray());
  }

  @Test
  void whereAllArePlacesNothingIsCopied() {
    Grid grid = new Grid(2, 3);
    Tensor all = numbered(4, 6, 2);
    assertSame(all, grid.ofPlaces(all));
    assertSame(grid, grid.ofPlaces());
    assertEquals(Shape.of(4, 0, 2), grid.ofSpecials(all).shape());
  }

  @Test
  void aClassTokenAloneMakesNoMap() {
    assertFalse(new Grid(1, 1, 4, 0).isSpatial());
    assertTrue(new Grid(1, 2, 4, 0).isSpatial());
  }

  @Test
  void unfitNumbersAreRefused() {
    assertEquals(
        "grid: at least 1 x 1, found 0 x 2",
        assertThrows(IllegalArgumentException.class, () -> new Grid(0, 2)).getMessage());
    assertEquals(
        "grid: at least 0 leading and trailing tokens, found -1 and 0",
        assertThrows(IllegalArgumentException.class, () -> new Grid(1, 2, -1, 0)).getMessage());
    assertEquals(
        "locations: expected n x 3 x w, found 2 x 4 x 1",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Grid(1, 2, 1, 0).ofPlaces(numbered(2, 4, 1)))
            .getMessage());
  }
}
