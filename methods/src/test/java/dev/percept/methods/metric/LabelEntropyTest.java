package dev.percept.methods.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelEntropyTest {
  private static final Run RUN = Run.of(4);

  /** Rows are pictures; columns: one class alone, four classes evenly, 3 to 1, nothing. */
  private static final Tensor MASS =
      Tensor.of(
          Shape.of(8, 4),
          5,
          1,
          3,
          0,
          5,
          1,
          3,
          0,
          0,
          1,
          1,
          0,
          0,
          1,
          1,
          0,
          0,
          1,
          0,
          0,
          0,
          1,
          0,
          0,
          0,
          1,
          0,
          0,
          0,
          1,
          0,
          -2);

  private static final int[] LABELS = {0, 0, 1, 1, 2, 2, 3, 3};

  @Test
  void isTheEntropyOfMassOverClasses() {
    List<LabelEntropy> all = LabelEntropy.of(MASS, LABELS, 4, RUN);
    assertEquals(0, all.get(0).bits());
    assertEquals(2, all.get(1).bits(), 1e-12);
    assertEquals(1, all.get(1).normalised(), 1e-12);
    double quarter = -0.25 * Math.log(0.25) / Math.log(2) - 0.75 * Math.log(0.75) / Math.log(2);
    assertEquals(quarter, all.get(2).bits(), 1e-12);
    assertEquals(0, all.get(3).bits());
    assertTrue(all.get(2).low() <= quarter && quarter <= all.get(2).high());
  }

  @Test
  void servesTheClassesThatHoldMostOfIt() {
    List<LabelEntropy> all = LabelEntropy.of(MASS, LABELS, 4, RUN);
    assertEquals(List.of(new LabelEntropy.ClassShare(0, 1)), all.get(0).served());
    assertEquals(4, all.get(1).served().size());
    assertEquals(
        List.of(new LabelEntropy.ClassShare(0, 0.75), new LabelEntropy.ClassShare(1, 0.25)),
        all.get(2).served());
    assertTrue(all.get(3).served().isEmpty());
  }

  @Test
  void scaleAndOrderOfPicturesChangeNothing() {
    float[] values = MASS.toArray();
    float[] moved = new float[values.length];
    int[] labels = new int[8];
    for (int i = 0; i < 8; i++) {
      int to = (i * 3 + 1) % 8;
      labels[to] = LABELS[i];
      for (int k = 0; k < 4; k++) {
        moved[to * 4 + k] = 4 * values[i * 4 + k];
      }
    }
    List<LabelEntropy> a = LabelEntropy.of(MASS, LABELS, 4, RUN);
    List<LabelEntropy> b = LabelEntropy.of(Tensor.wrap(MASS.shape(), moved), labels, 4, RUN);
    for (int k = 0; k < 4; k++) {
      assertEquals(a.get(k).bits(), b.get(k).bits(), 1e-12);
      assertEquals(a.get(k).classes(), b.get(k).classes());
    }
  }

  @Test
  void refusesLabelsThatDoNotFit() {
    assertThrows(IllegalArgumentException.class, () -> LabelEntropy.of(MASS, new int[7], 4, RUN));
    assertThrows(IllegalArgumentException.class, () -> LabelEntropy.of(MASS, LABELS, 3, RUN));
    assertThrows(
        IllegalArgumentException.class,
        () -> LabelEntropy.of(Tensor.of(Shape.of(1, 1), Float.NaN), new int[] {0}, 2, RUN));
  }
}
