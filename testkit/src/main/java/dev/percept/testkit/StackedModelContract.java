package dev.percept.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Activations;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.StackedModel;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every network that is cut at several places must keep. */
public abstract class StackedModelContract {
  /**
   * Kernels may add in another order in another graph; float32 sums of some thousand terms then
   * differ by some 1e-6 of their scale, which a few layers amplify a little.
   */
  private static final float ROUNDING = 1e-4f;

  private StackedModel model;

  /** Opens a new model with at least 3 cuts. */
  protected abstract StackedModel open();

  @BeforeEach
  final void openModel() {
    model = open();
  }

  @AfterEach
  final void closeModel() {
    model.close();
  }

  private Tensor inputs(int n) {
    RandomGenerator random = Run.of(0).random("inputs");
    Shape shape = model.at(0).inputShape().batch(n);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return Tensor.wrap(shape, values);
  }

  @Test
  void onwardFromAnEarlierCutAreTheActivationsOfTheNext() {
    assertTrue(model.cuts() >= 3);
    Tensor x = inputs(5);
    for (int from = 1; from < model.cuts(); from++) {
      Activations onward = model.onward(from, model.at(from).activations(x).values());
      Activations next = model.at(from - 1).activations(x);
      assertEquals(next.grid(), onward.grid());
      assertEquals(next.values().shape(), onward.values().shape());
      assertArrayEquals(next.values().toArray(), onward.values().toArray(), ROUNDING);
      float largest = 0;
      for (float v : next.values().toArray()) {
        largest = Math.max(largest, Math.abs(v));
      }
      assertTrue(largest > 10 * ROUNDING, "activations of zero prove nothing");
    }
  }

  @Test
  void onwardAllTheWayAndThroughTheHeadIsTheModel() {
    Tensor x = inputs(3);
    Tensor a = model.at(model.cuts() - 1).activations(x).values();
    for (int from = model.cuts() - 1; from > 0; from--) {
      a = model.onward(from, a).values();
    }
    assertArrayEquals(
        model.at(0).logits(x).toArray(), model.at(0).head(a).toArray(), 10 * ROUNDING);
  }

  @Test
  void aBatchGivesWhatSinglesGive() {
    Tensor a = model.at(2).activations(inputs(7)).values();
    float[] together = model.onward(2, a).values().toArray();
    for (int i = 0; i < 7; i++) {
      float[] alone = model.onward(2, a.slice(i, i + 1)).values().toArray();
      for (int j = 0; j < alone.length; j++) {
        assertEquals(together[i * alone.length + j], alone[j], ROUNDING);
      }
    }
    assertEquals(0, model.onward(2, a.slice(0, 0)).size());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Tensor a = model.at(1).activations(inputs(1)).values();
    assertThrows(IllegalArgumentException.class, () -> model.onward(0, a));
    assertThrows(IllegalArgumentException.class, () -> model.onward(model.cuts(), a));
    assertThrows(IllegalArgumentException.class, () -> model.at(-1));
    assertThrows(IllegalArgumentException.class, () -> model.at(model.cuts()));
    assertThrows(
        IllegalArgumentException.class, () -> model.onward(1, Tensor.zeros(Shape.of(1, 2, 3))));
  }

  @Test
  void aClosedModelSaysSo() {
    Tensor a = model.at(1).activations(inputs(1)).values();
    model.close();
    assertThrows(IllegalStateException.class, () -> model.onward(1, a));
  }
}
