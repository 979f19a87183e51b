package dev.percept.methods.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeletionInsertionTest {
  private static final Run RUN = Run.of(0);

  /** Two logits: one adds up its concepts, the other is 0. */
  private static MaskedLogits adding(float... c) {
    return new MaskedLogits() {
      @Override
      public int concepts() {
        return c.length;
      }

      @Override
      public Tensor logits(Tensor masks) {
        float[] logits = new float[masks.rows() * 2];
        for (int n = 0; n < masks.rows(); n++) {
          for (int k = 0; k < c.length; k++) {
            logits[2 * n + 1] += c[k] * masks.get(n, k);
          }
        }
        return Tensor.wrap(Shape.of(masks.rows(), 2), logits);
      }
    };
  }

  @Test
  void curvesOfAnAdditiveScoreAreItsPartialSums() {
    DeletionInsertion found =
        DeletionInsertion.measure(
            List.of(adding(1, 4, -2)), List.of(new int[] {1, 0, 2}), 1, 50, RUN);
    assertEquals(List.of(3., -1., -2., 0.), found.deletionLogit().values());
    assertEquals(List.of(0., 4., 5., 3.), found.insertionLogit().values());
    assertEquals((1.5 - 1 - 2) / 3, found.deletionLogit().area(), 1e-12);
    // Softmax over a logit and 0 is the logistic function.
    assertEquals(1 / (1 + Math.exp(-3)), found.deletionProbability().values().get(0), 1e-6);
    assertEquals(0.5, found.insertionProbability().values().get(0), 1e-12);
    Curve.Band random = found.deletionLogit().random();
    assertEquals(3, random.mean().get(0), 1e-12);
    assertEquals(0, random.mean().get(3), 1e-12);
    // No order deletes faster and none inserts faster; equal ones are possible.
    assertEquals(0, random.share());
    assertTrue(found.insertionLogit().random().share() > 0.5);
    assertTrue(random.area() > found.deletionLogit().area());
  }

  @Test
  void randomOrdersAreLinearOnAverage() {
    DeletionInsertion found =
        DeletionInsertion.measure(
            List.of(adding(1, 4, 1), adding(2, 2, 2)),
            List.of(new int[] {0, 1, 2}, new int[] {0, 1, 2}),
            1,
            2000,
            RUN);
    Curve.Band random = found.deletionLogit().random();
    for (int step = 0; step <= 3; step++) {
      // A draw's mean over two examples has a deviation of at most 0.75; four standard errors.
      assertEquals(6 - 2 * step, random.mean().get(step), 0.07);
      assertTrue(random.low().get(step) <= random.mean().get(step));
      assertTrue(random.high().get(step) >= random.mean().get(step));
    }
    assertEquals(3, random.area(), 0.07);
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    List<MaskedLogits> examples = List.of(adding(1, 4, 1), adding(2, 1, 2), adding(0, 0, 1));
    List<int[]> orders = List.of(new int[] {0, 1, 2}, new int[] {0, 1, 2}, new int[] {2, 1, 0});
    assertEquals(
        DeletionInsertion.measure(examples, orders, 1, 5, RUN.withThreads(1)),
        DeletionInsertion.measure(examples, orders, 1, 5, RUN.withThreads(3)));
  }

  @Test
  void ordersPutHelpfulConceptsFirst() {
    Importance importance =
        new Importance(
            "jansen",
            Importance.Scale.VARIANCE,
            32,
            true,
            List.of(
                new Importance.OfConcept(0.3, 0, 0, 0, 0, 1),
                new Importance.OfConcept(0.6, 0, 0, 0, 0, -1),
                new Importance.OfConcept(0.1, 0, 0, 0, 0, 1)),
            Tensor.of(Shape.of(2, 3), 0.3f, 0.6f, 0.1f, 0.2f, 0.1f, 0.7f));
    List<int[]> orders = ConceptOrder.byImportance(importance);
    assertArrayEquals(new int[] {0, 2, 1}, orders.get(0));
    assertArrayEquals(new int[] {2, 0, 1}, orders.get(1));
    assertArrayEquals(
        new int[] {2, 0, 1},
        ConceptOrder.byContribution(Tensor.of(Shape.of(1, 3), 1, -5, 3)).get(0));
  }

  @Test
  void unfitOrdersAreRefused() {
    List<MaskedLogits> one = List.of(adding(1, 2));
    for (int[] order : new int[][] {{0}, {0, 0}, {0, 2}, {0, 1, 2}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> DeletionInsertion.measure(one, List.of(order), 1, 5, RUN));
    }
    assertThrows(
        IllegalArgumentException.class, () -> DeletionInsertion.measure(one, List.of(), 1, 5, RUN));
    assertThrows(
        IllegalArgumentException.class,
        () -> DeletionInsertion.measure(one, List.of(new int[] {0, 1}), 1, 0, RUN));
  }
}
