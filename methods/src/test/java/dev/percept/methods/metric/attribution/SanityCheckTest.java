package dev.percept.methods.metric.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SanityCheckTest {
  private static final Run RUN = Run.of(2);
  private static final Shape INPUT = Shape.of(1, 20, 20);
  private static final LinearScore SCORE = LinearScore.random(INPUT, 1);
  private static final LinearScore RANDOMISED = LinearScore.random(INPUT, 2);
  private static final Tensor INPUTS = LinearScore.values(INPUT.batch(3), 5);
  private static final Tensor MAPS = SCORE.contributions(INPUTS);
  private static final RankSimilarity RANKS = new RankSimilarity(false);

  @Test
  void aMethodThatLooksAtTheModelPassesOneThatDoesNotFails() {
    SanityCheck check = SanityCheck.modelRandomisation(RANKS);
    check
        .of(LinearScore.CONTRIBUTIONS, RANDOMISED, INPUTS, MAPS, RUN)
        // 400 places of independent weights: a standard error of 0.05, four of them.
        .forEach(v -> assertEquals(0, v, 0.2));
    Tensor pictures = Places.of(LinearScore.PICTURE.attribute(SCORE, INPUTS, RUN), INPUT);
    check
        .of(LinearScore.PICTURE, RANDOMISED, INPUTS, pictures, RUN)
        .forEach(v -> assertEquals(1, v, 1e-12));
  }

  @Test
  void aMapTurnedInsideOutIsAlike() {
    float[] negated = MAPS.toArray();
    for (int i = 0; i < negated.length; i++) {
      negated[i] = -negated[i];
    }
    SanityCheck.randomLogit(RANKS)
        .of(MAPS, Tensor.wrap(MAPS.shape(), negated))
        .forEach(v -> assertEquals(1, v, 1e-12));
  }

  @Test
  void randomMapsAreUnlikeAnyOther() {
    RandomMap random = new RandomMap(0);
    Tensor maps = Places.of(random.attribute(SCORE, INPUTS, RUN), INPUT);
    LinearScore renamed =
        new LinearScore(INPUT, SCORE.weights) {
          @Override
          public String name() {
            return "another";
          }
        };
    SanityCheck.randomLogit(RANKS)
        .of(random, renamed, INPUTS, maps, RUN)
        .forEach(v -> assertEquals(0, v, 0.2));
  }

  @Test
  void rankCorrelationByHand() {
    float[] a = {1, 2, 3, 4};
    assertEquals(1, RANKS.of(a, new float[] {-5, 0, 0.5f, 100}, 2, 2), 1e-12);
    assertEquals(-1, RANKS.of(a, new float[] {4, 3, 2, 1}, 2, 2), 1e-12);
    // 1 - 6 sum d^2 / (n (n^2 - 1)) with d = 1, 1, 0, 0.
    assertEquals(0.8, RANKS.of(a, new float[] {2, 1, 3, 4}, 2, 2), 1e-12);
    // Ranks 0.5, 0.5, 2, 3 against 0 ... 3: 4.5 / sqrt(4.5 * 5).
    assertEquals(4.5 / Math.sqrt(22.5), RANKS.of(new float[] {-0f, 0, 1, 2}, a, 2, 2), 1e-12);
    float[] negated = {-1, -2, -3, -4};
    assertEquals(-1, RANKS.of(a, negated, 2, 2), 1e-12);
    assertEquals(1, new RankSimilarity(true).of(a, negated, 2, 2), 1e-12);
  }

  @Test
  void structuralSimilarityByHand() {
    StructuralSimilarity ssim = new StructuralSimilarity(7);
    float[] a = {0, 1, 2, 4};
    float[] b = {4, 0, 0, 4};
    // Scaled: 0, .25, .5, 1 and 1, 0, 0, 1; means .4375 and .5; sample covariances by hand.
    double xx = (0.4375 * 0.4375 + 0.1875 * 0.1875 + 0.0625 * 0.0625 + 0.5625 * 0.5625) / 3;
    double yy = 1 / 3.;
    double xy = 0.5 * (-0.4375 + 0.1875 - 0.0625 + 0.5625) / 3;
    double expected =
        (2 * 0.4375 * 0.5 + 1e-4)
            * (2 * xy + 9e-4)
            / ((0.4375 * 0.4375 + 0.25 + 1e-4) * (xx + yy + 9e-4));
    assertEquals(expected, ssim.of(a, b, 2, 2), 1e-12);
    float[] map = LinearScore.values(Shape.of(12 * 9), 1).toArray();
    float[] scaled = map.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = 2 * scaled[i] + 3;
    }
    assertEquals(1, ssim.of(map, map, 12, 9), 1e-12);
    assertEquals(1, ssim.of(map, scaled, 12, 9), 1e-5);
    float[] other = LinearScore.values(Shape.of(12 * 9), 2).toArray();
    assertTrue(ssim.of(map, other, 12, 9) < 0.4);
    assertEquals(ssim.of(map, other, 12, 9), ssim.of(other, map, 12, 9), 1e-12);
  }

  @Test
  void theOtherClassIsNeverTheSame() {
    int[] drawn = new int[5];
    Random random = new Random(1);
    for (int i = 0; i < 4000; i++) {
      drawn[SanityCheck.otherClass(5, 2, random)]++;
    }
    assertEquals(0, drawn[2]);
    for (int k : new int[] {0, 1, 3, 4}) {
      assertEquals(1000, drawn[k], 110); // Binomial deviation 27; four of them.
    }
    assertThrows(IllegalArgumentException.class, () -> SanityCheck.otherClass(1, 0, random));
    assertThrows(IllegalArgumentException.class, () -> SanityCheck.otherClass(3, 3, random));
  }
}
