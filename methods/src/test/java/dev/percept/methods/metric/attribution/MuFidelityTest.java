package dev.percept.methods.metric.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.attribution.Baseline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MuFidelityTest {
  private static final Run RUN = Run.of(3);
  private static final Shape INPUT = Shape.of(2, 12, 15);
  private static final LinearScore SCORE = LinearScore.random(INPUT, 1);
  private static final Tensor INPUTS = LinearScore.values(INPUT.batch(3), 2);

  private static MuFidelity metric(int cells) {
    return new MuFidelity(new Baseline.Zero(), 200, 0.2, cells, 64);
  }

  private static Tensor times(Tensor maps, float factor) {
    float[] values = maps.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return Tensor.wrap(maps.shape(), values);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 5, 12})
  void contributionsOfASumAreFaithful(int cells) {
    Tensor maps = SCORE.contributions(INPUTS);
    // The drop is the sum of what was taken away, to float32's rounding of scores near 20.
    metric(cells).of(SCORE, INPUTS, maps, RUN).forEach(v -> assertEquals(1, v, 1e-6));
    metric(cells).of(SCORE, INPUTS, times(maps, -3), RUN).forEach(v -> assertEquals(-1, v, 1e-6));
  }

  @Test
  void aMonotoneDistortionOfTheScoreLowersIt() {
    Score bent =
        new Score() {
          @Override
          public String name() {
            return "bent";
          }

          @Override
          public Shape inputShape() {
            return INPUT;
          }

          @Override
          public float[] score(Tensor inputs) {
            float[] s = SCORE.score(inputs);
            for (int i = 0; i < s.length; i++) {
              s[i] = (float) Math.exp(s[i] / 8);
            }
            return s;
          }
        };
    metric(5)
        .of(bent, INPUTS, SCORE.contributions(INPUTS), RUN)
        .forEach(v -> assertTrue(v > 0.5 && v < 0.99, "found " + v));
  }

  @Test
  void aMapThatKnowsNothingIsAboutZero() {
    double sum = 0;
    for (int seed = 0; seed < 30; seed++) {
      Tensor maps = LinearScore.values(Shape.of(3, 12, 15), 100 + seed);
      sum += metric(0).of(SCORE, INPUTS, maps, RUN).stream().mapToDouble(v -> v).sum() / 90;
    }
    // One correlation of 200 pairs has a deviation of some 0.1 (subsets and places); 90 of them.
    assertEquals(0, sum, 0.04);
  }

  @Test
  void aConstantModelIsNotExplained() {
    LinearScore nothing = new LinearScore(INPUT, new float[INPUT.size()]);
    metric(5)
        .of(nothing, INPUTS, SCORE.contributions(INPUTS), RUN)
        .forEach(v -> assertEquals(0, v));
  }

  @Test
  void unfitOptionsAreRefused() {
    Baseline zero = new Baseline.Zero();
    assertThrows(IllegalArgumentException.class, () -> new MuFidelity(zero, 1, 0.2, 0, 1));
    for (double share : new double[] {0, 1, -1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new MuFidelity(zero, 9, share, 0, 1));
    }
    assertThrows(IllegalArgumentException.class, () -> new MuFidelity(zero, 9, 0.2, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new MuFidelity(zero, 9, 0.2, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new MuFidelity(zero, 9, 0.2, 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> metric(13).of(SCORE, INPUTS, SCORE.contributions(INPUTS), RUN));
  }
}
