package dev.percept.methods.map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.Grid;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import org.junit.jupiter.api.Test;

class ConceptMapTest {
  @Test
  void upSamplingUsesHalfPixelCentres() {
    // What PyTorch gives for [0, 4] to 4 columns without aligned corners.
    ConceptMap map = ConceptMap.of(Tensor.of(Shape.of(2, 2), 9, 0, 9, 4), new Grid(1, 2), 1, 1, 4);
    assertArrayEquals(new float[] {0, 1, 3, 4}, map.values(), 1e-6f);
  }

  @Test
  void rowsAndColumnsAreNotMixedUp() {
    Tensor codes = Tensor.of(Shape.of(6, 1), 0, 1, 2, 10, 11, 12);
    ConceptMap map = ConceptMap.of(codes, new Grid(2, 3), 0, 4, 6);
    assertEquals(4, map.height());
    assertEquals(0, map.values()[0]);
    assertEquals(2, map.values()[5]);
    assertEquals(10, map.values()[18]);
    // Second row of four: a quarter of the way from 0 to 10; third column: 0.75.
    assertEquals(2.5 + 0.75, map.values()[6 + 2], 1e-6);
  }

  @Test
  void theSameSizeChangesNothingAndConstantsStayConstant() {
    Tensor codes = Tensor.of(Shape.of(4, 1), 3, 1, 4, 1);
    assertArrayEquals(codes.toArray(), ConceptMap.of(codes, new Grid(2, 2), 0, 2, 2).values());
    Tensor constant = Tensor.of(Shape.of(4, 1), 0.3f, 0.3f, 0.3f, 0.3f);
    for (float v : ConceptMap.of(constant, new Grid(2, 2), 0, 7, 5).values()) {
      assertEquals(0.3f, v);
    }
    assertEquals(0.3f, ConceptMap.of(constant.slice(0, 1), new Grid(1, 1), 0, 3, 3).values()[8]);
  }

  @Test
  void percentilesAreLinearBetweenValues() {
    float[] values = {4, 1, 3, 2};
    assertEquals(1, ConceptMap.percentile(values, 0));
    assertEquals(4, ConceptMap.percentile(values, 100));
    assertEquals(2.5f, ConceptMap.percentile(values, 50));
    assertEquals(3.7f, ConceptMap.percentile(values, 90), 1e-6);
    ConceptMap kept = new ConceptMap(2, 2, values).above(60);
    assertArrayEquals(new float[] {4, 0, 3, 0}, kept.values());
    assertArrayEquals(new float[] {4, 1, 3, 2}, values);
  }

  @Test
  void unfitArgumentsAreRefused() {
    Tensor codes = Tensor.zeros(Shape.of(4, 2));
    Grid grid = new Grid(2, 2);
    assertThrows(
        IllegalArgumentException.class, () -> ConceptMap.of(codes, new Grid(2, 3), 0, 4, 4));
    assertThrows(IllegalArgumentException.class, () -> ConceptMap.of(codes, grid, 2, 4, 4));
    assertThrows(IllegalArgumentException.class, () -> ConceptMap.of(codes, grid, 0, 0, 4));
    assertThrows(IllegalArgumentException.class, () -> ConceptMap.percentile(new float[1], 101));
    assertThrows(IllegalArgumentException.class, () -> ConceptMap.percentile(new float[0], 50));
  }
}
