package dev.percept.methods.importance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Attribution;
import dev.percept.core.DifferentiableMaskedScore;
import dev.percept.core.Importance;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where scores bend, each method says something else: what its definition says. */
class GradientImportanceTest {
  private static final Run RUN = Run.of(1);

  /** {@code m_0 m_1}. */
  private static final DifferentiableMaskedScore PRODUCT =
      Scores.smooth(2, m -> m[0] * m[1], (m, k) -> m[1 - k]);

  /** {@code m_0³}; the other concept does nothing. */
  private static final DifferentiableMaskedScore CUBE =
      Scores.smooth(2, m -> Math.pow(m[0], 3), (m, k) -> k == 0 ? 3 * m[0] * m[0] : 0);

  @Test
  void aProductIsSharedOrCountedTwice() {
    // At the example the slope of either is 1, and the score is gone without either of the two.
    expect(new GradientTimesCode().estimate(List.of(PRODUCT), RUN), 1, 1);
    expect(new OcclusionImportance().estimate(List.of(PRODUCT), RUN), 1, 1);
    // On the way from nothing the slopes are 0 to 1.
    expect(IntegratedGradientsImportance.defaults().estimate(List.of(PRODUCT), RUN), 0.5, 0.5);
    // Without the other it is worth nothing.
    Importance rise = new RiseImportance(16384, 0.75).estimate(List.of(PRODUCT), RUN);
    // Standard deviation below 0.5 on the smaller side of 4,096 masks: 0.008; four.
    assertEquals(0.75, rise.concepts().get(0).total(), 0.032);
  }

  @Test
  void aCubeIsSteepAtTheExample() {
    expect(new GradientTimesCode().estimate(List.of(CUBE), RUN), 3, 0);
    expect(new OcclusionImportance().estimate(List.of(CUBE), RUN), 1, 0);
    expect(IntegratedGradientsImportance.defaults().estimate(List.of(CUBE), RUN), 1, 0);
    // 3 E(1 + e)² = 3 (1 + 0.2²).
    Importance.OfConcept smooth =
        new SmoothGradImportance(20_000, 0.2).estimate(List.of(CUBE), RUN).concepts().get(0);
    assertTrue(smooth.low() < 3.12 && 3.12 < smooth.high(), smooth.toString());
    // Standard deviation of a draw is 6 x 0.2 and a little: four standard errors are 0.035.
    assertEquals(3.12, smooth.total(), 0.035);
  }

  private static void expect(Importance found, double... values) {
    for (int k = 0; k < values.length; k++) {
      assertEquals(values[k], found.perExample().get(0, k), 1e-6);
    }
  }

  @Test
  void integratedGradientsAddUp() {
    List<DifferentiableMaskedScore> bent = List.of(Scores.bent(2, -1, 0.5), Scores.bent(-1, 3, 1));
    IntegratedGradientsImportance.Explained fine =
        IntegratedGradientsImportance.defaults().explain(bent, RUN);
    for (int e = 0; e < 2; e++) {
      Attribution.Gap gap = fine.gaps().get(e);
      assertEquals(Math.tanh(e == 0 ? 1.5 : 3), gap.expected(), 1e-6);
      // 32 Gauss-Legendre points integrate a tanh to float32 rounding.
      assertTrue(gap.relative() < 2e-6, gap.toString());
    }
    // One point in the middle does not.
    IntegratedGradientsImportance.Explained coarse =
        new IntegratedGradientsImportance(1).explain(bent, RUN);
    assertTrue(coarse.gaps().get(1).relative() > 0.05, "the test above could not fail otherwise");
  }

  @Test
  void intervalsOfSampledOnesCoverTheTruth() {
    int riseInside = 0;
    int smoothInside = 0;
    int runs = 300;
    RiseImportance rise = new RiseImportance(64, 0.5);
    SmoothGradImportance smooth = new SmoothGradImportance(16, 0.2);
    for (int seed = 0; seed < runs; seed++) {
      Run run = Run.of(seed).withThreads(1);
      Importance.OfConcept a =
          rise.estimate(List.of(Scores.straight(5, 2, -1, 0.3)), run).concepts().get(1);
      riseInside += a.low() <= 1 && 1 <= a.high() ? 1 : 0;
      Importance.OfConcept b = smooth.estimate(List.of(CUBE), run).concepts().get(0);
      smoothInside += b.low() <= 3.12 && 3.12 <= b.high() ? 1 : 0;
    }
    // 95 % of 300 is 285, standard deviation 3.8; four, and one more for what is not normal.
    assertEquals(285, riseInside, 19);
    assertEquals(285, smoothInside, 19);
  }

  @Test
  void morePointsThanOneCallHoldsAreAllAsked() {
    // 150 points are three calls.
    Importance found =
        new IntegratedGradientsImportance(150).estimate(List.of(Scores.bent(1, 1)), RUN);
    assertEquals(Math.tanh(2) / 2, found.concepts().get(1).total(), 1e-6);
  }

  @Test
  void aGradientThatIsNoNumberIsRefused() {
    DifferentiableMaskedScore broken = Scores.smooth(1, m -> 1, (m, k) -> Double.NaN);
    assertThrows(
        PerceptException.class, () -> new GradientTimesCode().estimate(List.of(broken), RUN));
  }

  @Test
  void unfitOptionsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new IntegratedGradientsImportance(0));
    assertThrows(IllegalArgumentException.class, () -> new SmoothGradImportance(1, 0.2));
    assertThrows(IllegalArgumentException.class, () -> new SmoothGradImportance(8, 0));
    assertThrows(IllegalArgumentException.class, () -> new RiseImportance(8, 0.5));
    assertThrows(IllegalArgumentException.class, () -> new RiseImportance(64, 1));
    assertThrows(IllegalArgumentException.class, () -> new HsicImportance(true, 8, 4));
    assertThrows(IllegalArgumentException.class, () -> new HsicImportance(true, 64, 1));
  }
}
