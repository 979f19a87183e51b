package dev.percept.zoo.exam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.percept.core.Grid;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.zoo.Creatures;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelMapTest {
  /** Two pictures, two concepts; the code of concept 1 is its row on a 12 x 12 grid. */
  private static Explained rows() {
    Grid grid = new Grid(12, 12);
    float[] codes = new float[2 * 144 * 2];
    for (int i = 0; i < 2 * 144; i++) {
      codes[2 * i] = i < 144 ? 3 : 5;
      int row = i % 144 / 12;
      codes[2 * i + 1] = row;
    }
    return new Explained(Tensor.wrap(Shape.of(2, 144, 2), codes), grid, List.of(1.0, 1.0));
  }

  @Test
  void aConstantStaysConstantAndPicturesStayApart() {
    float[] map = PixelMap.of(rows(), 0);
    assertEquals(2 * PixelMap.LOOKED_AT, map.length);
    assertEquals(3, map[0]);
    assertEquals(3, map[PixelMap.LOOKED_AT - 1]);
    assertEquals(5, map[PixelMap.LOOKED_AT]);
  }

  @Test
  void aSlopeStaysASlopeBetweenTheMiddlesOfTheCells() {
    float[] map = PixelMap.of(rows(), 1);
    for (int i = 0; i < PixelMap.LOOKED_AT; i++) {
      int y = PixelMap.pixel(i) / Creatures.SIDE;
      // Cells are 8 pixels high, so pixel y lies at row (y + 0.5) / 8 - 0.5, held at the rims.
      double expected = Math.max(0, Math.min(11, (y + 0.5) / 8 - 0.5));
      assertEquals(expected, map[i], 1e-5, "row " + y);
    }
  }

  @Test
  void everySecondRowAndColumnIsLookedAt() {
    assertEquals(48 * 48, PixelMap.LOOKED_AT);
    assertEquals(0, PixelMap.pixel(0));
    assertEquals(94, PixelMap.pixel(47));
    assertEquals(2 * Creatures.SIDE, PixelMap.pixel(48));
  }
}
