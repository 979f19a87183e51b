package dev.percept.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import org.junit.jupiter.api.Test;

class RgbaTest {
  /** One pixel by hand: weights 3, -1, 0 for colours, 1, 2, 0 for their inverses. */
  private static final Tensor ONE = Tensor.of(Shape.of(6, 1, 1), 3, -1, 0, 1, 2, 0);

  @Test
  void aColourIsComparedWithItsInverse() {
    Tensor picture = new Rgba(1, 100).of(ONE, Tensor.of(Shape.of(1, 1), 1));
    assertEquals(0.75, picture.get(0), 1e-6);
    assertEquals(0, picture.get(1));
    assertEquals(0, picture.get(2));
    assertEquals(1, picture.get(3));
  }

  @Test
  void whatSpeaksAgainstIsNotSeen() {
    assertEquals(0, new Rgba(1, 100).of(ONE, Tensor.of(Shape.of(1, 1), -1)).get(3));
  }

  @Test
  void opacityIsAveragedAndBeyondTheEdgeIsNothing() {
    float[] weights = new float[6 * 9];
    weights[4] = 2;
    Tensor picture =
        new Rgba(3, 100).of(Tensor.wrap(Shape.of(6, 3, 3), weights), Tensor.zeros(Shape.of(3, 3)));
    for (int at = 0; at < 9; at++) {
      assertEquals(1, picture.get(at * 4 + 3), 1e-6);
    }
    java.util.Arrays.fill(weights, 0, 9, 2);
    Tensor even =
        new Rgba(3, 100).of(Tensor.wrap(Shape.of(6, 3, 3), weights), Tensor.zeros(Shape.of(3, 3)));
    assertEquals(4 / 9.0, even.get(3), 1e-6);
    assertEquals(1, even.get(4 * 4 + 3), 1e-6);
  }

  @Test
  void scalingWeightsChangesNothing() {
    float[] weights = new float[6 * 25];
    float[] twice = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.sin(i * 1.7);
      twice[i] = 2 * weights[i];
    }
    Tensor contributions = Tensor.zeros(Shape.of(5, 5));
    Tensor a = Rgba.FACT.of(Tensor.wrap(Shape.of(6, 5, 5), weights), contributions);
    Tensor b = Rgba.FACT.of(Tensor.wrap(Shape.of(6, 5, 5), twice), contributions);
    for (int i = 0; i < 100; i++) {
      assertEquals(a.get(i), b.get(i), 1e-6);
    }
    assertEquals(
        0, Rgba.FACT.of(Tensor.zeros(Shape.of(6, 2, 2)), Tensor.zeros(Shape.of(2, 2))).get(3));
  }

  @Test
  void refusesWhatIsNotSixChannels() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Rgba.FACT.of(Tensor.zeros(Shape.of(3, 2, 2)), Tensor.zeros(Shape.of(2, 2))));
    assertThrows(
        IllegalArgumentException.class,
        () -> Rgba.FACT.of(Tensor.zeros(Shape.of(6, 2, 2)), Tensor.zeros(Shape.of(2, 3))));
    assertThrows(IllegalArgumentException.class, () -> new Rgba(4, 99.5));
    assertThrows(IllegalArgumentException.class, () -> new Rgba(3, 0));
  }
}
