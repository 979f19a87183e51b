package dev.percept.methods.importance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Importance;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class AffineImportanceTest {
  private static final Run RUN = Run.of(1);

  @Test
  void totalsAreSquaredShares() {
    Importance importance =
        new AffineImportance().estimate(List.of(Scores.affine(5, 3, -4, 0)), RUN);
    assertEquals("affine-exact", importance.estimator());
    assertEquals(0, importance.designs());
    double[] expected = {9 / 25., 16 / 25., 0};
    int[] signs = {1, -1, 0};
    for (int i = 0; i < 3; i++) {
      Importance.OfConcept c = importance.concepts().get(i);
      // The logit is rounded to float32.
      assertEquals(expected[i], c.total(), 1e-6);
      assertEquals(c.total(), c.low());
      assertEquals(c.total(), c.high());
      assertEquals(signs[i], c.sign());
    }
  }

  @Test
  void indicesAreAveragedOverExamplesAndBootstrapped() {
    Importance importance =
        new AffineImportance()
            .estimate(
                List.of(Scores.affine(0, 1, 0), Scores.affine(0, 0, 1), Scores.affine(0, 3, -1)),
                RUN);
    Importance.OfConcept first = importance.concepts().get(0);
    assertEquals((1 + 0 + 0.9) / 3, first.total(), 1e-6);
    assertTrue(first.dataLow() < first.total() && first.total() < first.dataHigh());
    assertEquals(Shape.of(3, 2), importance.perExample().shape());
    assertEquals(0.9f, importance.perExample().get(2, 0), 1e-6f);
  }

  @Test
  void contributionsAddUpToTheScore() {
    Contributions c =
        new AffineImportance().contributions(List.of(Scores.affine(2, 0.5, -1.5)), RUN);
    assertArrayEquals(new float[] {2}, c.start().toArray());
    assertArrayEquals(new float[] {0.5f, -1.5f}, c.values().toArray(), 1e-6f);
  }

  @Test
  void aConstantScoreHasNoImportance() {
    Importance importance = new AffineImportance().estimate(List.of(Scores.affine(7, 0, 0)), RUN);
    for (Importance.OfConcept c : importance.concepts()) {
      assertEquals(0, c.total());
      assertEquals(0, c.sign());
    }
  }

  @Test
  void roundingIsNotImportance() {
    // A large constant logit whose last bits depend on the mask.
    Importance importance =
        new AffineImportance()
            .estimate(List.of(Scores.of(2, m -> 1000 + 1e-4 * Math.sin(50 * m[0]))), RUN);
    assertEquals(0, importance.concepts().get(0).total());
  }

  @Test
  void whatIsNotAffineIsNoticed() {
    assertThrows(
        PerceptException.class,
        () -> new AffineImportance().estimate(List.of(Scores.ishigami()), RUN));
    // Affine in every single concept, but two act together.
    assertThrows(
        PerceptException.class,
        () ->
            new AffineImportance()
                .estimate(List.of(Scores.of(3, m -> m[0] + m[1] + 0.01 * m[1] * m[2])), RUN));
    // Bends between 0 and 1.
    assertThrows(
        PerceptException.class,
        () ->
            new AffineImportance()
                .estimate(List.of(Scores.of(1, m -> Math.max(0, m[0] - 0.5))), RUN));
  }

  @Test
  void autoTakesTheExactWayOnlyWhereEveryExampleIsAffine() {
    AutoImportance auto = AutoImportance.defaults();
    AutoImportance.Explained exact = auto.explain(List.of(Scores.affine(0, 1, 2)), RUN);
    assertEquals("affine-exact", exact.importance().estimator());
    assertNotNull(exact.contributions());
    AutoImportance.Explained sampled =
        auto.explain(
            List.of(Scores.affine(0, 1, 2), Scores.of(2, m -> Math.max(0, m[0] - m[1]))), RUN);
    assertEquals("jansen", sampled.importance().estimator());
    assertNull(sampled.contributions());
  }

  @Test
  void permutedConceptsHavePermutedImportances() {
    Tensor plain =
        AutoImportance.defaults().estimate(List.of(Scores.affine(1, 1, -2, 3)), RUN).perExample();
    Tensor turned =
        AutoImportance.defaults().estimate(List.of(Scores.affine(1, 3, 1, -2)), RUN).perExample();
    assertEquals(plain.get(0), turned.get(1), 1e-6f);
    assertEquals(plain.get(1), turned.get(2), 1e-6f);
    assertEquals(plain.get(2), turned.get(0), 1e-6f);
  }

  @Test
  void examplesMustBeThereAndAgree() {
    assertThrows(
        IllegalArgumentException.class, () -> new AffineImportance().estimate(List.of(), RUN));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new AffineImportance()
                .estimate(List.of(Scores.affine(0, 1), Scores.affine(0, 1, 2)), RUN));
    assertThrows(
        PerceptException.class,
        () -> new AffineImportance().estimate(List.of(Scores.affine(Double.NaN, 1)), RUN));
  }
}
