package dev.percept.methods.craft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.Dictionary;
import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.core.ScoreGradient;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.importance.AffineImportance;
import dev.percept.methods.importance.GradientTimesCode;
import dev.percept.methods.importance.IntegratedGradientsImportance;
import dev.percept.methods.importance.OcclusionImportance;
import dev.percept.methods.importance.SmoothGradImportance;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DifferentiableCodeScoreTest {
  private static final Run RUN = Run.of(5);
  private static final int R = PlantedModel.CONCEPTS;
  private static final int PLACES = PlantedModel.SIDE * PlantedModel.SIDE;
  private static final int TARGET = 3;

  private static Tensor uniform(int rows, int columns, String purpose) {
    RandomGenerator random = RUN.random(purpose);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Tensor.wrap(Shape.of(rows, columns), values);
  }

  private static List<DifferentiableCodeScore> scores(PlantedModel model, Dictionary dictionary) {
    return IntStream.range(0, 3)
        .mapToObj(
            i ->
                new DifferentiableCodeScore(
                    model, dictionary, uniform(PLACES, R, "codes " + i), TARGET))
        .toList();
  }

  @Test
  void gradientsAreFiniteDifferences() {
    PlantedModel model = PlantedModel.saturating();
    // With an offset, as principal components have.
    Tensor offset = uniform(1, PlantedModel.FEATURES, "offset").row(0);
    DifferentiableCodeScore score = scores(model, new Dictionary(model.atoms(), offset)).get(0);
    Tensor masks = uniform(5, R, "masks");
    ScoreGradient found = score.gradient(masks);
    float step = 1e-2f;
    for (int i = 0; i < 5; i++) {
      assertEquals(score.score(masks)[i], found.scores().get(i), 1e-5);
      for (int k = 0; k < R; k++) {
        float[] pair = new float[2 * R];
        masks.copyTo(i * R, pair, 0, R);
        masks.copyTo(i * R, pair, R, R);
        pair[k] += step;
        pair[R + k] -= step;
        float[] f = score.score(Tensor.of(Shape.of(2, R), pair));
        double difference = ((double) f[0] - f[1]) / (2 * step);
        // Logits of order 3 in float32 over a step of 0.02: 2e-5; the rest is the third derivative.
        assertEquals(difference, found.gradients().get(i, k), 2e-3, "mask " + i + "," + k);
      }
    }
  }

  @Test
  void manyMasksGiveWhatOneGives() {
    PlantedModel model = PlantedModel.saturating();
    DifferentiableCodeScore score = scores(model, new Dictionary(model.atoms(), null)).get(0);
    Tensor masks = uniform(300, R, "masks");
    Tensor all = score.gradient(masks).gradients();
    for (int i = 0; i < 300; i += 41) {
      assertArrayEquals(
          score.gradient(masks.slice(i, i + 1)).gradients().toArray(), all.row(i).toArray());
    }
  }

  @Test
  void onAnAffineHeadAllAgreeWithWhatConceptsAdd() {
    PlantedModel model = PlantedModel.affine();
    List<DifferentiableCodeScore> scores = scores(model, new Dictionary(model.atoms(), null));
    Tensor truth = new AffineImportance().contributions(scores, RUN).values();
    // Sums of some hundred float32 products of order 1.
    float rounding = 2e-5f;
    for (Importance found :
        List.of(
            new GradientTimesCode().estimate(scores, RUN),
            IntegratedGradientsImportance.defaults().estimate(scores, RUN),
            SmoothGradImportance.defaults().estimate(scores, RUN),
            new OcclusionImportance().estimate(scores, RUN))) {
      assertArrayEquals(truth.toArray(), found.perExample().toArray(), rounding, found.estimator());
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    PlantedModel model = PlantedModel.affine();
    Dictionary dictionary = new Dictionary(model.atoms(), null);
    assertThrows(
        IllegalArgumentException.class,
        () -> new DifferentiableCodeScore(model, dictionary, uniform(PLACES, R + 1, "x"), 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new DifferentiableCodeScore(model, dictionary, uniform(7, R, "x"), 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new DifferentiableCodeScore(model, dictionary, uniform(PLACES, R, "x"), 99));
  }
}
