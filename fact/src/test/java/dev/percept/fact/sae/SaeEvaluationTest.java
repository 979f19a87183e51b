package dev.percept.fact.sae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaeEvaluationTest {
  private static final Run RUN = Run.of(1).withThreads(1);

  /** Places of one feature each, not negative; the class is the feature that is largest in all. */
  private static Tensor inputs(int n) {
    Tensor noise = Weights.gaussian("evaluated", n, 3, 2, 2);
    float[] values = noise.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return Tensor.wrap(noise.shape(), values);
  }

  private static SparseAutoencoder axes(int k, float... signs) {
    float[] rows = new float[signs.length * 3];
    for (int i = 0; i < signs.length; i++) {
      rows[i * 3 + i % 3] = signs[i];
    }
    Tensor atoms = Tensor.wrap(Shape.of(signs.length, 3), rows);
    return SparseAutoencoder.of(new Gate.TopK(k), atoms, null, new Dictionary(atoms, null));
  }

  private static List<Integer> answers(Tensor inputs) {
    Tensor logits = new SmallModel().logits(inputs);
    List<Integer> truth = new ArrayList<>();
    for (int i = 0; i < logits.rows(); i++) {
      int best = 0;
      for (int c = 1; c < 3; c++) {
        best = logits.get(i, c) > logits.get(i, best) ? c : best;
      }
      truth.add(best);
    }
    return truth;
  }

  @Test
  void anAutoencoderThatLosesNothingChangesNothing() {
    Tensor inputs = inputs(50);
    List<Integer> truth = new ArrayList<>(answers(inputs));
    truth.set(0, (truth.get(0) + 1) % 3);
    truth.set(1, -1);
    SaeEvaluation.Result found =
        SaeEvaluation.measure(
            new SmallModel(),
            SmallModel.examples(inputs),
            truth,
            List.of(axes(3, 1, 1, 1), axes(1, 1, 1, 1, -1)),
            8,
            RUN);
    assertEquals(48 / 49.0, found.accuracy(), 1e-12);
    SaeEvaluation.Quality all = found.each().get(0);
    assertEquals(48 / 49.0, all.accuracy(), 1e-12);
    assertEquals(1, all.kept());
    assertEquals(1, all.r2(), 1e-6); // float32
    assertEquals(3, all.l0());
    assertEquals(3, all.l0Picture());
    assertEquals(0, all.dead());
    assertEquals(3, all.alwaysOn());
    // Only the largest feature of a place is left, and one latent points where nothing is.
    SaeEvaluation.Quality one = found.each().get(1);
    assertEquals(1, one.l0());
    assertTrue(one.r2() < 1 && one.r2() > 0, "r2 " + one.r2());
    assertTrue(one.kept() < 1 && one.kept() > 0.5, "kept " + one.kept());
    assertEquals(1, one.dead());
    assertEquals(0.0, one.prevalence().get(3));
  }

  @Test
  void figuresAreThoseOfTheDefinition() {
    Tensor inputs = inputs(9);
    SparseAutoencoder bank = axes(1, 1, 1, 1);
    SaeEvaluation.Quality found =
        SaeEvaluation.measure(
                new SmallModel(),
                SmallModel.examples(inputs),
                answers(inputs),
                List.of(bank),
                4,
                RUN)
            .each()
            .get(0);
    Tensor a = new SmallModel().activations(inputs).matrix();
    Tensor made = bank.reconstruct(a, RUN);
    double error = 0;
    double spread = 0;
    for (int j = 0; j < 3; j++) {
      double mean = 0;
      for (int i = 0; i < 36; i++) {
        mean += a.get(i, j) / 36.0;
      }
      for (int i = 0; i < 36; i++) {
        error += Math.pow(a.get(i, j) - made.get(i, j), 2);
        spread += Math.pow(a.get(i, j) - mean, 2);
      }
    }
    assertEquals(1 - error / spread, found.r2(), 1e-6);
  }

  @Test
  void withoutClassesThereIsNoAccuracy() {
    Tensor inputs = inputs(3);
    SaeEvaluation.Result found =
        SaeEvaluation.measure(
            new SmallModel(),
            SmallModel.examples(inputs),
            List.of(-1, -1, -1),
            List.of(axes(3, 1, 1, 1)),
            2,
            RUN);
    assertTrue(Double.isNaN(found.accuracy()));
    assertTrue(Double.isNaN(found.each().get(0).accuracy()));
    assertEquals(1, found.each().get(0).kept());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            SaeEvaluation.measure(
                new SmallModel(), SmallModel.examples(inputs), List.of(), List.of(), 2, RUN));
  }
}
