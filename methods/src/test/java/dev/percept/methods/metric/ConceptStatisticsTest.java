package dev.percept.methods.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ConceptStatisticsTest {
  @Test
  void theStrongestCodeIsThatOfAnyLocation() {
    Tensor codes = Tensor.of(Shape.of(2, 3, 2), 1, 0, 3, 0, 2, 5, -4, 0, -1, 0, -2, 0);
    assertArrayEquals(new float[] {3, 5, -1, 0}, ConceptStatistics.strongest(codes).toArray());
  }

  @Test
  void prevalenceCountsExamplesAboveAShareOfTheLargest() {
    Tensor strongest = Tensor.of(Shape.of(4, 2), 100, 0, 5.1f, 0, 5, 0, 0, 0);
    List<Share> shares = ConceptStatistics.prevalence(strongest);
    // Exactly 5 % is not more than 5 %.
    assertEquals(new Share(2, 4), shares.get(0));
    assertEquals(0.5, shares.get(0).value().orElseThrow());
    assertEquals(new Share(0, 4), shares.get(1));
  }

  @Test
  void reliabilityIsTheShareOfRightPredictionsWhereTheConceptLeads() {
    Tensor contributions = Tensor.of(Shape.of(5, 3), 3, 1, 0, 2, 1, 0, 0, 1, 0, 1, 1, 0, -1, -2, 0);
    boolean[] predicted = {true, false, true, true, true};
    List<Share> shares = ConceptStatistics.reliability(contributions, predicted);
    assertEquals(new Share(2, 3), shares.get(0));
    assertEquals(new Share(1, 1), shares.get(1));
    // Where nothing helps, nothing leads.
    assertEquals(new Share(0, 0), shares.get(2));
    assertTrue(shares.get(2).value().isEmpty());
    assertThrows(
        IllegalArgumentException.class,
        () -> ConceptStatistics.reliability(contributions, new boolean[4]));
  }

  @Test
  void consistencyIsTheWeightedMeanOverPairs() {
    RandomGenerator random = Run.of(0).random("c");
    int n = 12;
    int p = 5;
    float[] a = new float[n * p];
    float[] u = new float[n * 2];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < n; i++) {
      u[2 * i] = random.nextFloat();
    }
    u[1] = 4;
    Tensor activations = Tensor.wrap(Shape.of(n, p), a);
    List<Consistency> found = Consistency.of(activations, Tensor.wrap(Shape.of(n, 2), u));
    double[][] cosines = Cosine.pairs(activations, activations);
    double top = 0;
    double bottom = 0;
    double even = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (i != j) {
          top += u[2 * i] * u[2 * j] * cosines[i][j];
          bottom += u[2 * i] * u[2 * j];
          even += cosines[i][j] / (n * (n - 1));
        }
      }
    }
    assertEquals(top / bottom, found.get(0).concept(), 1e-6);
    assertEquals(even, found.get(0).random(), 1e-9);
    assertEquals(top / bottom - even, found.get(0).excess(), 1e-6);
    assertEquals(0, found.get(1).excess(), "one active crop has no pairs");
    assertThrows(
        IllegalArgumentException.class,
        () -> Consistency.of(activations.slice(0, 1), Tensor.zeros(Shape.of(1, 2))));
  }

  @Test
  void predictionsAreTheLargestLogits() {
    Tensor logits = Tensor.of(Shape.of(3, 3), 1, 5, 2, 7, 7, 0, -3, -2, -1);
    assertArrayEquals(new int[] {1, 0, 2}, Top1.of(logits));
    assertEquals(new Share(1, 3), Top1.share(logits, 2));
    assertThrows(IllegalArgumentException.class, () -> new Share(2, 1));
  }
}
