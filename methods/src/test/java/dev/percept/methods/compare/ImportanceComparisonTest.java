package dev.percept.methods.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.MaskedLogits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportanceComparisonTest {
  private static final Run RUN = Run.of(2);
  private static final int PICTURES = 40;

  /** What concepts add, most of it the first one; differs a little from picture to picture. */
  private static float[] truth(int e) {
    float shift = 0.02f * (e % 10);
    return new float[] {4 - shift, 2 + shift, 1, 0.5f, -1.5f, 0};
  }

  private static List<MaskedLogits> examples() {
    List<MaskedLogits> examples = new ArrayList<>();
    for (int e = 0; e < PICTURES; e++) {
      float[] c = truth(e);
      examples.add(
          new MaskedLogits() {
            @Override
            public int concepts() {
              return c.length;
            }

            @Override
            public Tensor logits(Tensor masks) {
              float[] logits = new float[masks.rows() * 2];
              for (int i = 0; i < masks.rows(); i++) {
                for (int k = 0; k < c.length; k++) {
                  logits[2 * i + 1] += c[k] * masks.get(i, k);
                }
              }
              return Tensor.wrap(Shape.of(masks.rows(), 2), logits);
            }
          });
    }
    return examples;
  }

  /** An importance that says, for every picture, {@code factor} times the truth. */
  private static Importance saying(String name, double factor) {
    int r = truth(0).length;
    float[] each = new float[PICTURES * r];
    for (int i = 0; i < each.length; i++) {
      each[i] = (float) (factor * truth(i / r)[i % r]);
    }
    List<Importance.OfConcept> concepts = new ArrayList<>();
    for (int k = 0; k < r; k++) {
      double v = Math.abs(factor * truth(0)[k]);
      concepts.add(
          new Importance.OfConcept(v, v, v, v, v, (int) Math.signum(factor * truth(0)[k])));
    }
    return new Importance(
        name, Importance.Scale.SCORE, 0, true, concepts, Tensor.of(Shape.of(PICTURES, r), each));
  }

  private static ImportanceComparison compare(Importance... importances) {
    return ImportanceComparison.measure(
        List.of(importances), examples(), 1, ImportanceComparison.Options.DEFAULT, RUN);
  }

  @Test
  void theTruthHasItsPartialSumsAndAllTheFidelityThereIs() {
    Marks marks = compare(saying("truth", 1)).marks().get(0);
    // Largest first: 4, 2, 1, .5, 0, -1.5 go one after the other; the shift cancels in the sum.
    double shift = 0.09;
    double[] expected = {6, 2 + shift, 0, -1, -1.5, -1.5, 0};
    for (int step = 0; step < 7; step++) {
      assertEquals(expected[step], marks.deletionCurve().get(step), 1e-5);
      assertEquals(6 - expected[step], marks.insertionCurve().get(step), 1e-5);
    }
    assertEquals(marks.fidelity().mean(), 1, 1e-9);
    assertTrue(marks.deletionGain().low() > 0);
    assertTrue(marks.insertionGain().low() > 0);
  }

  @Test
  void theOppositeIsAsBadAsTheTruthIsGood() {
    ImportanceComparison found = compare(saying("truth", 2), saying("opposite", -1));
    Marks truth = found.marks().get(0);
    Marks opposite = found.marks().get(1);
    assertEquals(-1, opposite.fidelity().mean(), 1e-9);
    assertTrue(opposite.deletionGain().high() < 0);
    // Deleting from the other end is inserting from this one.
    assertEquals(truth.insertion().mean(), opposite.deletion().mean(), 1e-5);
    assertEquals(0, found.behind().get(0).mean());
    assertEquals(
        opposite.deletion().mean() - truth.deletion().mean(), found.behind().get(1).mean(), 1e-9);
    assertTrue(found.behind().get(1).low() > 0);
    // As magnitudes they agree entirely.
    assertEquals(1, found.agreement().get(0).get(1), 1e-9);
  }

  @Test
  void chanceGainsNothing() {
    Marks random = compare(saying("truth", 1)).random();
    // Areas of a random order scatter by about 1.1, fidelities by about 0.45: over 40 pictures 0.18
    // and 0.07; four standard errors.
    assertEquals(0, random.deletionGain().mean(), 0.72);
    assertEquals(0, random.insertionGain().mean(), 0.72);
    assertEquals(0, random.fidelity().mean(), 0.28);
  }

  @Test
  void theNumberOfThreadsAndTheCompanyChangeNothing() {
    Importance truth = saying("truth", 1);
    ImportanceComparison alone =
        ImportanceComparison.measure(
            List.of(truth),
            examples(),
            1,
            ImportanceComparison.Options.DEFAULT,
            RUN.withThreads(1));
    Marks beside = compare(truth, saying("opposite", -1)).marks().get(0);
    assertEquals(alone.marks().get(0), beside);
  }

  @Test
  void unfitInputIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> compare());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ImportanceComparison.measure(
                List.of(saying("truth", 1)),
                examples().subList(0, 3),
                1,
                ImportanceComparison.Options.DEFAULT,
                RUN));
    assertThrows(IllegalArgumentException.class, () -> new ImportanceComparison.Options(0, 8, 0.5));
    assertThrows(IllegalArgumentException.class, () -> new ImportanceComparison.Options(1, 1, 0.5));
    assertThrows(IllegalArgumentException.class, () -> new ImportanceComparison.Options(1, 8, 1));
  }
}
