package dev.percept.methods.metric.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskMetricsTest {
  private static final Shape SHAPE = Shape.of(1, 2, 3);
  private static final Tensor MASK = Tensor.of(SHAPE, 1, 1, 0, 0, 0, 0);

  private static double of(MaskMetric metric, float... map) {
    return metric.of(Tensor.of(SHAPE, map), MASK).get(0);
  }

  @Test
  void pointingAsksTheLargestPlace() {
    assertEquals(1, of(new PointingGame(0), 1, 5, 2, 3, 4, 0));
    assertEquals(0, of(new PointingGame(0), 1, 5, 2, 3, 6, 0));
    assertEquals(0.5, of(new PointingGame(0), 5, 0, 5, 0, 0, 0));
    assertEquals(1 / 3., of(new PointingGame(0), 0, 0, 0, 0, 0, 0), 1e-12);
    // Place 4 touches the mask, place 5 only at a corner, 2 away at most.
    assertEquals(1, of(new PointingGame(1), 0, 0, 0, 0, 1, 0));
    assertEquals(0, of(new PointingGame(1), 0, 0, 0, 0, 0, 1));
    assertEquals(1, of(new PointingGame(2), 0, 0, 0, 0, 0, 1));
  }

  @Test
  void massIsTheShareOfWhatSpeaksFor() {
    assertEquals(0.75, of(new RelevanceMass(), 1, 2, 0.5f, 0.5f, -9, 0), 1e-12);
    assertEquals(0, of(new RelevanceMass(), -1, -2, 0, 0, 0, 0));
    assertEquals(1 / 3., of(new RelevanceMass(), 2, 2, 2, 2, 2, 2), 1e-12);
  }

  @Test
  void rankAsksAsManyPlacesAsTheMaskHas() {
    assertEquals(1, of(new RelevanceRank(), 3, 2, 1, 0, 0, 0));
    assertEquals(0.5, of(new RelevanceRank(), 3, 0, 9, 0, 0, 0));
    assertEquals(0, of(new RelevanceRank(), 0, 0, 9, 8, 0, 0));
    // One place above, then five tie for one rank, one of them inside.
    assertEquals((1 + 1 / 5.) / 2, of(new RelevanceRank(), 3, 0, 0, 0, 0, 0), 1e-12);
    assertEquals(1 / 3., of(new RelevanceRank(), 1, 1, 1, 1, 1, 1), 1e-12);
    // Only the order matters.
    assertEquals(
        of(new RelevanceRank(), 1, 5, 4, 3, 2, 0), of(new RelevanceRank(), 1, 500, 40, 39, 2, -8));
  }

  @Test
  void aMaskOfTheWholePictureIsAlwaysHit() {
    Tensor all = Tensor.of(SHAPE, 1, 1, 1, 1, 1, 1);
    Tensor map = Tensor.of(SHAPE, 1, 5, -4, 3, 2, 0);
    for (MaskMetric m : List.of(new PointingGame(0), new RelevanceMass(), new RelevanceRank())) {
      assertEquals(1, m.of(map, all).get(0), m.name());
    }
  }

  @Test
  void picturesMayBeMirroredWithTheirMasks() {
    Tensor map = Tensor.of(SHAPE, 1, 5, -4, 3, 2, 0);
    Tensor mirrored = Tensor.of(SHAPE, -4, 5, 1, 0, 2, 3);
    Tensor mask = Tensor.of(SHAPE, 0, 1, 1, 0, 0, 0);
    for (MaskMetric m :
        List.of(
            new PointingGame(0), new PointingGame(1), new RelevanceMass(), new RelevanceRank())) {
      assertEquals(m.of(map, MASK), m.of(mirrored, mask), m.name());
    }
  }

  @Test
  void unfitMasksAreRefused() {
    Tensor map = Tensor.zeros(SHAPE);
    for (MaskMetric m : List.of(new PointingGame(0), new RelevanceMass(), new RelevanceRank())) {
      for (Tensor mask :
          List.of(
              Tensor.zeros(SHAPE),
              Tensor.zeros(Shape.of(1, 3, 2)),
              Tensor.of(SHAPE, 1, Float.NaN, 0, 0, 0, 0))) {
        assertThrows(IllegalArgumentException.class, () -> m.of(map, mask), m.name());
      }
    }
    assertThrows(IllegalArgumentException.class, () -> new PointingGame(-1));
  }
}
