package dev.percept.methods.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.MaskedLogits;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ConceptDeletionTest {
  private static final Run RUN = Run.of(6).withThreads(2);
  private static final List<String> METHODS = List.of("true", "reversed");

  /** Logit 0 is a weighted sum of what is there; logit 1 is constant. */
  private record Sum(List<Double> weights, double other) implements MaskedLogits {
    @Override
    public int concepts() {
      return weights.size();
    }

    @Override
    public Tensor logits(Tensor masks) {
      float[] out = new float[masks.rows() * 2];
      for (int i = 0; i < masks.rows(); i++) {
        for (int k = 0; k < concepts(); k++) {
          out[2 * i] += (float) (weights.get(k) * masks.get(i, k));
        }
        out[2 * i + 1] = (float) other;
      }
      return Tensor.wrap(Shape.of(masks.rows(), 2), out);
    }
  }

  private static ConceptDeletion.Picture picture(List<Integer> order, Sum sum) {
    List<Integer> reversed = new ArrayList<>(order);
    java.util.Collections.reverse(reversed);
    return new ConceptDeletion.Picture(sum, List.of(order, reversed), 0, 0);
  }

  @Test
  void ofASumAreWhatIsLeftOfIt() {
    ConceptDeletion deletion =
        ConceptDeletion.measure(
            METHODS,
            List.of(picture(List.of(2, 0, 1, 3), new Sum(List.of(2.0, 1.0, 4.0, -1.0), 2.5))),
            4,
            3,
            RUN);
    List<Double> logit = deletion.rows().get(0).logit().stream().map(m -> m.mean()).toList();
    assertEquals(List.of(6.0, 2.0, 0.0, -1.0, 0.0), logit);
    List<Double> accuracy = deletion.rows().get(0).accuracy().stream().map(m -> m.mean()).toList();
    assertEquals(List.of(1.0, 0.0, 0.0, 0.0, 0.0), accuracy);
    assertEquals((6 / 2.0 + 2 + 0 - 1 + 0) / 4, deletion.rows().get(0).logitArea().mean(), 1e-9);
    assertEquals(List.of(0.0, 0.25, 0.5, 0.75, 1.0), deletion.shares());
    assertEquals(ConceptDeletion.RANDOM, deletion.rows().get(2).method());
    assertEquals(4, deletion.removed());
  }

  @Test
  void theRightOrderIsAheadOfChanceAndOfItsReverse() {
    RandomGenerator random = RUN.random("weights");
    List<ConceptDeletion.Picture> pictures = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      List<Double> weights = new ArrayList<>();
      for (int k = 0; k < 12; k++) {
        weights.add(random.nextGaussian());
      }
      List<Integer> order =
          java.util.stream.IntStream.range(0, 12)
              .boxed()
              .sorted(java.util.Comparator.comparingDouble(k -> -weights.get(k)))
              .toList();
      pictures.add(picture(order, new Sum(weights, 0)));
    }
    ConceptDeletion deletion = ConceptDeletion.measure(METHODS, pictures, 12, 4, RUN);
    assertEquals(0, deletion.rows().get(0).logitBehind().mean());
    assertTrue(deletion.rows().get(2).logitBehind().low() > 0);
    assertTrue(
        deletion.rows().get(1).logitBehind().mean() > deletion.rows().get(2).logitBehind().mean());
    assertFalse(deletion.rows().get(1).accuracyBehind().includesZero());
    assertEquals(deletion, ConceptDeletion.measure(METHODS, pictures, 12, 4, RUN.withThreads(1)));
  }

  @Test
  void conceptsThatAreNotNamedStay() {
    ConceptDeletion deletion =
        ConceptDeletion.measure(
            METHODS,
            List.of(picture(List.of(2, 0), new Sum(List.of(2.0, 1.0, 4.0, -0.5), 0))),
            2,
            1,
            RUN);
    assertEquals(0.5, deletion.rows().get(0).logit().get(2).mean());
    assertEquals(0.5, deletion.rows().get(2).logit().get(2).mean());
    assertEquals(2, deletion.removed());
  }

  @Test
  void aConstantScoreLosesNothing() {
    ConceptDeletion deletion =
        ConceptDeletion.measure(
            METHODS, List.of(picture(List.of(0, 1), new Sum(List.of(0.0, 0.0), -1))), 2, 1, RUN);
    for (ConceptDeletion.Row row : deletion.rows()) {
      assertEquals(0, row.logitArea().mean());
      assertEquals(1, row.accuracyArea().mean());
      assertEquals(0, row.logitBehind().mean());
    }
  }

  @Test
  void refusesOrdersThatDoNotFit() {
    Sum sum = new Sum(List.of(1.0, 2.0), 0);
    for (List<List<Integer>> orders :
        List.of(
            List.of(List.of(0, 1)),
            List.of(List.of(0, 1), List.of(0)),
            List.of(List.of(0, 0), List.of(0, 0)),
            List.of(List.of(0, 2), List.of(2, 0)))) {
      List<ConceptDeletion.Picture> pictures =
          List.of(new ConceptDeletion.Picture(sum, orders, 0, 0));
      assertThrows(
          IllegalArgumentException.class,
          () -> ConceptDeletion.measure(METHODS, pictures, 2, 1, RUN));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> ConceptDeletion.measure(METHODS, List.of(), 2, 1, RUN));
  }
}
