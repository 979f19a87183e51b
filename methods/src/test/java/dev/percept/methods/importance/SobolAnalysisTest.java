package dev.percept.methods.importance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.MaskedScore;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SobolAnalysisTest {
  private static final double[] FIRST = {0.3139, 0.4424, 0};
  private static final double[] TOTAL = {0.5576, 0.4424, 0.2437};

  @ParameterizedTest
  @EnumSource(Sampler.class)
  void ishigamisIndicesAreFound(Sampler sampler) {
    SobolIndices indices =
        new SobolAnalysis(sampler, 8, 2048).estimate(List.of(Scores.ishigami()), Run.of(0));
    assertEquals("saltelli-jansen", indices.estimator());
    assertEquals(16384, indices.designs());
    for (int i = 0; i < 3; i++) {
      SobolIndices.OfConcept c = indices.concepts().get(i);
      // 16,384 designs: chance alone would be off by about 0.01.
      assertEquals(FIRST[i], c.first().value(), 0.03, "first " + i);
      assertEquals(TOTAL[i], c.total().value(), 0.02, "total " + i);
      assertEquals(TOTAL[i] - FIRST[i], c.interactions(), 0.04);
    }
  }

  @Test
  void intervalsCoverTheTruthAboutNineteenTimesInTwenty() {
    int runs = 200;
    int first = 0;
    int total = 0;
    for (int seed = 0; seed < runs; seed++) {
      SobolIndices indices =
          new SobolAnalysis(Sampler.SOBOL, 8, 32)
              .estimate(List.of(Scores.ishigami(), Scores.ishigami()), Run.of(seed).withThreads(1));
      for (int i = 0; i < 3; i++) {
        SobolIndices.OfConcept c = indices.concepts().get(i);
        first += c.first().low() <= FIRST[i] && FIRST[i] <= c.first().high() ? 1 : 0;
        total += c.total().low() <= TOTAL[i] && TOTAL[i] <= c.total().high() ? 1 : 0;
      }
    }
    // The three of a run are dependent: four standard errors of 200 trials are 0.06.
    assertTrue(first / 600.0 > 0.89, "first " + first / 600.0);
    assertTrue(total / 600.0 > 0.89, "total " + total / 600.0);
  }

  @Test
  void anAffineScoreIsExactAndBothAreTheSame() {
    SobolIndices indices =
        SobolAnalysis.defaults()
            .estimate(List.of(Scores.affine(3, 1, -2), Scores.affine(0, 0, 5)), Run.of(0));
    assertEquals("affine-exact", indices.estimator());
    assertEquals(0, indices.designs());
    // Mean of 1/5 and 0, and of 4/5 and 1; float32 scores carry about 1e-6.
    double[] truth = {0.1, 0.9};
    for (int i = 0; i < 2; i++) {
      SobolIndices.OfConcept c = indices.concepts().get(i);
      assertEquals(truth[i], c.first().value(), 1e-5);
      assertEquals(c.first(), c.total());
      assertEquals(c.first().value(), c.first().low());
      assertEquals(0, c.interactions());
    }
  }

  @Test
  void whatOnlyAddsUpHasNoInteractionsAndSumsToOne() {
    // Var m² = 4/45, Var sin(πm) = 1/2 − 4/π², Var m = 1/12.
    MaskedScore score = Scores.of(3, m -> m[0] * m[0] + Math.sin(Math.PI * m[1]) - m[2] + 100);
    double[] v = {4 / 45., 0.5 - 4 / (Math.PI * Math.PI), 1 / 12.};
    double all = Arrays.stream(v).sum();
    SobolIndices indices =
        new SobolAnalysis(Sampler.SOBOL, 8, 1024).estimate(List.of(score), Run.of(0));
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      assertEquals(v[i] / all, indices.concepts().get(i).first().value(), 0.005);
      assertEquals(v[i] / all, indices.concepts().get(i).total().value(), 0.005);
      sum += indices.concepts().get(i).first().value();
    }
    assertEquals(1, sum, 0.005);
  }

  @Test
  void aProductMattersMostlyTogether() {
    // Var = 7/144; each alone explains Var m / 4 = 3/144, and 4/144 go when one is held still.
    SobolIndices indices =
        new SobolAnalysis(Sampler.SOBOL, 8, 1024)
            .estimate(List.of(Scores.of(2, m -> m[0] * m[1])), Run.of(0));
    for (SobolIndices.OfConcept c : indices.concepts()) {
      assertEquals(3 / 7., c.first().value(), 0.01);
      assertEquals(4 / 7., c.total().value(), 0.01);
    }
  }

  @Test
  void theSameSeedGivesTheSameOnAnyNumberOfThreads() {
    List<MaskedScore> scores = List.of(Scores.ishigami(), Scores.of(3, m -> m[0] * m[2]));
    SobolAnalysis analysis = new SobolAnalysis(Sampler.HALTON, 4, 16);
    SobolIndices one = analysis.estimate(scores, Run.of(3).withThreads(1));
    assertEquals(one, analysis.estimate(scores, Run.of(3).withThreads(4)));
    assertNotEquals(one, analysis.estimate(scores, Run.of(4)));
  }

  @Test
  void aConstantScoreGivesZero() {
    SobolIndices indices =
        SobolAnalysis.defaults().estimate(List.of(Scores.affine(7, 0, 0)), Run.of(0));
    SobolIndices.Index zero = new SobolIndices.Index(0, 0, 0);
    indices.concepts().forEach(c -> assertEquals(new SobolIndices.OfConcept(zero, zero), c));
  }

  @ParameterizedTest
  @EnumSource(FirstOrderEstimator.class)
  void bothEstimatorsFindIshigamis(FirstOrderEstimator estimator) {
    int designs = 8192;
    float[] y = outputs(designs);
    double[] firsts = estimator.firsts(y, designs);
    for (int i = 0; i < 3; i++) {
      assertEquals(FIRST[i], firsts[i], 0.02, estimator + " " + i);
    }
    assertArrayEquals(TOTAL, TotalEstimator.JANSEN.totals(y, designs), 0.02);
    float[] moved = new float[y.length];
    for (int i = 0; i < y.length; i++) {
      moved[i] = 5 - 3 * y[i];
    }
    // float32 outputs carry about 1e-6 of their size.
    assertArrayEquals(firsts, estimator.firsts(moved, designs), 1e-4);
    float[] constant = new float[40];
    Arrays.fill(constant, 3.5f);
    assertArrayEquals(new double[2], estimator.firsts(constant, 10));
    assertThrows(IllegalArgumentException.class, () -> estimator.firsts(new float[10], 4));
  }

  /** f(A), f(B), f(C_1) ... f(C_3) of Ishigami's function. */
  private static float[] outputs(int designs) {
    Tensor points = Sampler.SOBOL.points(designs, 6, Run.of(1).random("s"));
    float[] masks = new float[5 * designs * 3];
    for (int n = 0; n < designs; n++) {
      for (int i = 0; i < 3; i++) {
        for (int block = 0; block < 5; block++) {
          boolean fromB = block == 1 || block == i + 2;
          masks[(block * designs + n) * 3 + i] = points.get(n, fromB ? 3 + i : i);
        }
      }
    }
    return Scores.ishigami().score(Tensor.wrap(Shape.of(5 * designs, 3), masks));
  }

  @Test
  void unfitOptionsAndScoresAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SobolAnalysis(Sampler.SOBOL, 1, 8));
    assertThrows(IllegalArgumentException.class, () -> new SobolAnalysis(Sampler.SOBOL, 2, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> SobolAnalysis.defaults().estimate(List.of(), Run.of(0)));
    assertThrows(
        PerceptException.class,
        () -> SobolAnalysis.defaults().estimate(List.of(Scores.of(1, m -> Double.NaN)), Run.of(0)));
  }
}
