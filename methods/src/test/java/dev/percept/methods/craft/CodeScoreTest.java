package dev.percept.methods.craft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Dictionary;
import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.importance.AutoImportance;
import dev.percept.methods.importance.SobolImportance;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Masked logits of pictures: by the model, by sums where it is affine, and what follows. */
class CodeScoreTest {
  private static final int R = PlantedModel.CONCEPTS;
  private static final int PICTURES = 6;

  /** Sums of some dozen float32 values around 1. */
  private static final double ROUNDING = 1e-5;

  private final PlantedModel model = PlantedModel.affine();
  private final Dictionary dictionary = new Dictionary(model.atoms(), null);

  /** The planted codes themselves, places x concepts. */
  private static Tensor codes(int picture) {
    Tensor planes = PlantedPictures.of(PICTURES).batch(picture, picture + 1);
    int places = PlantedModel.SIDE * PlantedModel.SIDE;
    float[] codes = new float[places * R];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = planes.get(i % R * places + i / R);
    }
    return Tensor.wrap(Shape.of(places, R), codes);
  }

  private List<CodeScore> scores(PlantedModel model) {
    return IntStream.range(0, PICTURES)
        .mapToObj(i -> new CodeScore(model, dictionary, codes(i), 3))
        .toList();
  }

  private static Tensor masks(int n) {
    RandomGenerator random = Run.of(3).random("masks");
    float[] values = new float[n * R];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Tensor.wrap(Shape.of(n, R), values);
  }

  @Test
  void aFullMaskGivesTheModelsOwnLogits() {
    Tensor ones = Tensor.of(Shape.of(1, R), 1, 1, 1, 1);
    for (int i = 0; i < PICTURES; i++) {
      Tensor truth = model.logits(PlantedPictures.of(PICTURES).batch(i, i + 1));
      Tensor found = scores(model).get(i).logits(ones);
      for (int c = 0; c < PlantedModel.OUTPUTS; c++) {
        assertEquals(truth.get(0, c), found.get(0, c), ROUNDING);
      }
      assertEquals(truth.get(0, 3), scores(model).get(i).score(ones)[0], ROUNDING);
    }
  }

  @Test
  void manyMasksGiveWhatOneGives() {
    // More than the 256 that are multiplied at once, and no multiple of them.
    Tensor masks = masks(600);
    CodeScore score = scores(model).get(0);
    Tensor all = score.logits(masks);
    for (int i = 0; i < 600; i += 37) {
      Tensor one = score.logits(masks.slice(i, i + 1));
      for (int c = 0; c < PlantedModel.OUTPUTS; c++) {
        assertEquals(one.get(0, c), all.get(i, c), "mask " + i);
      }
    }
  }

  @Test
  void sumsGiveWhatAnAffineModelGives() {
    Tensor masks = masks(50);
    List<CodeScore> scores = scores(model);
    List<AffineLogits> sums = AffineLogits.of(scores, Run.of(0));
    for (int i = 0; i < PICTURES; i++) {
      assertEquals(R, sums.get(i).concepts());
      Tensor asked = scores.get(i).logits(masks);
      Tensor added = sums.get(i).logits(masks);
      for (int j = 0; j < asked.shape().size(); j++) {
        assertEquals(asked.get(j), added.get(j), ROUNDING);
      }
    }
  }

  @Test
  void sumsDoNotGiveWhatASaturatingModelGives() {
    List<CodeScore> scores = scores(PlantedModel.saturating());
    Tensor half = Tensor.of(Shape.of(1, R), 0.5f, 0.5f, 0.5f, 0.5f);
    double gap = 0;
    List<AffineLogits> sums = AffineLogits.of(scores, Run.of(0));
    for (int i = 0; i < PICTURES; i++) {
      gap =
          Math.max(
              gap, Math.abs(scores.get(i).logits(half).get(3) - sums.get(i).logits(half).get(3)));
    }
    assertTrue(gap > 0.01, "the test above could not fail otherwise, found " + gap);
  }

  @Test
  void sampledImportanceAgreesWithTheExactOne() {
    Importance exact = AutoImportance.defaults().estimate(scores(model), Run.of(0));
    assertEquals("affine-exact", exact.estimator());
    Importance sampled =
        new SobolImportance(8, 256, 1_000_000, 0.01).estimate(scores(model), Run.of(0));
    assertEquals("jansen", sampled.estimator());
    for (int k = 0; k < R; k++) {
      Importance.OfConcept s = sampled.concepts().get(k);
      // A 95 % interval; twice its half width leaves next to no room for chance.
      double room = s.high() - s.low();
      assertEquals(exact.concepts().get(k).total(), s.total(), room + 1e-4, "concept " + k);
      assertTrue(room < 0.1, "an interval this wide would prove nothing: " + s);
    }
  }

  @Test
  void effectsAreWhatTheScoreLosesWithoutAConcept() {
    Tensor effects = Effects.of(scores(model), Run.of(0));
    for (int i = 0; i < PICTURES; i++) {
      for (int k = 0; k < R; k++) {
        double truth =
            PlantedPictures.of(PICTURES).strength(i, k) * model.effect(model.atoms(), k, 3);
        assertEquals(truth, effects.get(i, k), ROUNDING);
      }
    }
  }
}
