package dev.percept.methods.metric.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class SensitivityTest {
  private static final Run RUN = Run.of(2);
  private static final Shape INPUT = Shape.of(1, 20, 20);
  private static final LinearScore SCORE = LinearScore.random(INPUT, 1);
  private static final Tensor INPUTS = LinearScore.values(INPUT.batch(2), 5);
  private static final Tensor MAPS = SCORE.contributions(INPUTS);

  private static List<Double> of(Sensitivity.Over over, double radius, int samples) {
    return new Sensitivity(over, radius, samples)
        .of(LinearScore.CONTRIBUTIONS, SCORE, INPUTS, MAPS, RUN);
  }

  /** A method that gives the weights, whatever the picture. */
  private static Attributor<LinearScore> weights(float factor) {
    return new Attributor<>() {
      @Override
      public String name() {
        return "weights";
      }

      @Override
      public Attribution attribute(LinearScore score, Tensor inputs, Run run) {
        float[] values = new float[inputs.shape().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = factor * score.weights[i % score.weights.length];
        }
        Tensor map = Tensor.wrap(inputs.shape(), values);
        return new Attribution(name(), "", null, map, true, 0, 1, null);
      }
    };
  }

  @Test
  void distancesOfAKnownMethodAreKnown() {
    double radius = 0.1;
    List<Double> found = of(Sensitivity.Over.MEAN, radius, 200);
    for (int i = 0; i < 2; i++) {
      float low = Float.MAX_VALUE;
      float high = -Float.MAX_VALUE;
      double moved = 0;
      double length = 0;
      for (int at = 0; at < 400; at++) {
        float x = INPUTS.get(i * 400 + at);
        low = Math.min(low, x);
        high = Math.max(high, x);
        moved += SCORE.weights[at] * SCORE.weights[at];
        length += Math.pow(SCORE.weights[at] * x, 2);
      }
      // Noise uniform within b has variance b^2 / 3; weights multiply it.
      double b = radius * (high - low);
      double expected = Math.sqrt(b * b / 3 * moved / length);
      // Root of a mean against mean of roots, and 200 draws of 400 places: under 1 %.
      assertEquals(expected, found.get(i), 0.02 * expected);
    }
  }

  @Test
  void theLargestIsAtLeastTheMeanAndGrowsWithSamples() {
    for (int i = 0; i < 2; i++) {
      assertTrue(
          of(Sensitivity.Over.MAX, 0.1, 5).get(i) >= of(Sensitivity.Over.MEAN, 0.1, 5).get(i));
      assertTrue(
          of(Sensitivity.Over.MAX, 0.1, 20).get(i) >= of(Sensitivity.Over.MAX, 0.1, 5).get(i));
      // This method is linear in the picture, and so in the perturbation.
      assertEquals(
          2 * of(Sensitivity.Over.MAX, 0.1, 5).get(i),
          of(Sensitivity.Over.MAX, 0.2, 5).get(i),
          1e-5);
    }
  }

  @Test
  void aMapThatNeverChangesIsPerfectlyStableHoweverLarge() {
    for (float factor : new float[] {1, 1000}) {
      Tensor maps = Places.of(weights(factor).attribute(SCORE, INPUTS, RUN), INPUT);
      new Sensitivity(Sensitivity.Over.MAX, 0.5, 4)
          .of(weights(factor), SCORE, INPUTS, maps, RUN)
          .forEach(v -> assertEquals(0, v));
    }
  }

  @Test
  void mapsOfNothing() {
    Tensor zeros = Tensor.zeros(Shape.of(2, 20, 20));
    assertEquals(
        List.of(1., 1.),
        new Sensitivity(Sensitivity.Over.MAX, 0.1, 2)
            .of(LinearScore.CONTRIBUTIONS, SCORE, INPUTS, zeros, RUN));
    assertEquals(
        List.of(0., 0.),
        new Sensitivity(Sensitivity.Over.MAX, 0.1, 2).of(weights(0), SCORE, INPUTS, zeros, RUN));
  }

  @Test
  void unfitOptionsAreRefused() {
    for (double radius : new double[] {0, -1, 1.5, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class, () -> new Sensitivity(Sensitivity.Over.MAX, radius, 1));
    }
    assertThrows(
        IllegalArgumentException.class, () -> new Sensitivity(Sensitivity.Over.MAX, 0.1, 0));
  }
}
