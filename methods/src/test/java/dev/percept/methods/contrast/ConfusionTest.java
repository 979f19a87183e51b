package dev.percept.methods.contrast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.Shape;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.Share;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counting answers. */
class ConfusionTest {
  private static final List<Target> CLASSES =
      List.of(new Target(4, "cat"), new Target(0, "dog"), new Target(2, "owl"));

  /** Logits that answer these classes, of five that the model knows. */
  private static Tensor answers(int... classes) {
    float[] logits = new float[classes.length * 5];
    for (int i = 0; i < classes.length; i++) {
      logits[i * 5 + classes[i]] = 1;
    }
    return Tensor.wrap(Shape.of(classes.length, 5), logits);
  }

  @Test
  void answersAreCountedByRowAndColumn() {
    Confusion found =
        Confusion.of(
            CLASSES, List.of(answers(4, 4, 0, 3), answers(0, 4, 4), answers(2, 2, 2, 2, 0)));
    assertEquals(
        List.of(List.of(2, 1, 0, 1), List.of(2, 1, 0, 0), List.of(0, 1, 4, 0)), found.counts());
    assertEquals(new Share(2, 4), found.right(0));
    List<Confusion.Pair> pairs = found.mostConfused();
    assertEquals(2, pairs.size(), "cat and owl are never confused");
    assertEquals(new Confusion.Pair(0, 1, new Share(1, 4), new Share(2, 3)), pairs.get(0));
    assertEquals(new Share(3, 7), pairs.get(0).both());
    assertEquals(1, pairs.get(1).a());
  }

  @Test
  void numbersThatDoNotFitAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Confusion.of(CLASSES, List.of(answers(1))));
    assertThrows(IllegalArgumentException.class, () -> Confusion.of(List.of(), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Confusion(CLASSES.subList(0, 1), List.of(List.of(1))));
  }
}
