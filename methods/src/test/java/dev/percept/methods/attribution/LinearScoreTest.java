package dev.percept.methods.attribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Attribution;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.hsic.Hsic;
import dev.percept.methods.hsic.Kernel;
import dev.percept.methods.importance.Sampler;
import dev.percept.methods.importance.TotalEstimator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the score is linear, {@code w (x − baseline)} is what every value contributes. */
class LinearScoreTest {
  private static final Shape SHAPE = Shape.of(2, 4, 4);
  private static final int PLACES = 16;
  private static final float[] W = Toys.values(SHAPE.size(), 5);
  private static final Tensor X = Toys.inputs(1, SHAPE, 6);
  private static final Baseline GREY = new Baseline.Colour(List.of(0.25f, -0.5f));
  private static final Run RUN = Run.of(1);

  /** Float arithmetic of sums of 32 products near 1. */
  private static final float ROUNDING = 2e-6f;

  private final ToyScore score = Toys.linear(SHAPE, 3, W);

  private static float[] contributions() {
    float[] c = new float[SHAPE.size()];
    for (int p = 0; p < c.length; p++) {
      c[p] = W[p] * (X.get(p) - (p < PLACES ? 0.25f : -0.5f));
    }
    return c;
  }

  /** Contributions of places: both channels together. */
  private static float[] byPlace() {
    float[] both = contributions();
    float[] c = new float[PLACES];
    for (int p = 0; p < PLACES; p++) {
      c[p] = both[p] + both[p + PLACES];
    }
    return c;
  }

  /** Contributions of the cells of a 2 x 2 grid. */
  private static float[] byCell() {
    float[] cells = new float[4];
    for (int p = 0; p < PLACES; p++) {
      cells[p / 4 / 2 * 2 + p % 4 / 2] += byPlace()[p];
    }
    return cells;
  }

  private static float[] values(Attribution found) {
    return found.values().toArray();
  }

  @ParameterizedTest
  @EnumSource(Quadrature.class)
  void gradientsTimesDifference(Quadrature quadrature) {
    Attribution integrated =
        new IntegratedGradients(3, quadrature, GREY, 2).attribute(score, X, RUN);
    assertArrayEquals(contributions(), values(integrated), ROUNDING);
    assertNotNull(integrated.gaps());
    assertEquals(0, integrated.gaps().get(0).relative(), 1e-5);
    assertArrayEquals(
        contributions(), values(new GradientInput(GREY, 2).attribute(score, X, RUN)), ROUNDING);
  }

  @Test
  void randomStepsWithoutNoise() {
    Attribution found = new GradientShap(3, 0, GREY, 2).attribute(score, X, RUN);
    assertArrayEquals(contributions(), values(found), ROUNDING);
  }

  @Test
  void gradientsAlone() {
    float[] sizes = W.clone();
    for (int p = 0; p < sizes.length; p++) {
      sizes[p] = Math.abs(sizes[p]);
    }
    assertArrayEquals(sizes, values(new Saliency(1).attribute(score, X, RUN)), 0f);
    Attribution smooth = new SmoothGrad(9, 0.2, false, 2).attribute(score, X, RUN);
    assertArrayEquals(W, values(smooth), ROUNDING);
    Attribution variance = new VarGrad(9, 0.2, 2).attribute(score, X, RUN);
    assertArrayEquals(new float[SHAPE.size()], values(variance), ROUNDING);
    Attribution square = new SquareGrad(9, 0.2, 2).attribute(score, X, RUN);
    for (int p = 0; p < W.length; p++) {
      assertEquals(W[p] * W[p], square.values().get(p), ROUNDING);
    }
  }

  @Test
  void occlusionOfSinglePixels() {
    Attribution found = new Occlusion(1, 1, GREY, 5).attribute(score, X, RUN);
    assertArrayEquals(byPlace(), values(found), ROUNDING);
  }

  @Test
  void occlusionOfPatchesThatOverlapIsTheirMean() {
    // 4 pixels, patches of 3 every 2: columns 0-2 and 2-3, so column 2 is covered twice.
    Attribution found = new Occlusion(3, 2, GREY, 5).attribute(score, X, RUN);
    float[] c = byPlace();
    double[] patches = new double[4];
    for (int k = 0; k < 4; k++) {
      for (int y = k / 2 * 2; y < Math.min(4, k / 2 * 2 + 3); y++) {
        for (int x = k % 2 * 2; x < Math.min(4, k % 2 * 2 + 3); x++) {
          patches[k] += c[y * 4 + x];
        }
      }
    }
    assertEquals(patches[0], found.values().get(0), ROUNDING);
    assertEquals((patches[0] + patches[1]) / 2, found.values().get(2), ROUNDING);
    assertEquals(patches[1], found.values().get(3), ROUNDING);
    assertEquals(
        (patches[0] + patches[1] + patches[2] + patches[3]) / 4,
        found.values().get(2 * 4 + 2),
        ROUNDING);
    assertEquals(patches[3], found.values().get(15), ROUNDING);
  }

  @Test
  void shapleyValues() {
    for (int samples : new int[] {8, 14}) {
      Attribution found = new KernelShap(2, samples, GREY, 5).attribute(score, X, RUN);
      assertArrayEquals(byCell(), values(found), ROUNDING);
    }
    Attribution finer = new KernelShap(4, 40, GREY, 7).attribute(score, X, RUN);
    assertArrayEquals(byPlace(), values(finer), 10 * ROUNDING);
    assertNotNull(finer.gaps());
    assertEquals(0, finer.gaps().get(0).relative(), 1e-5);
  }

  @Test
  void linearModelOfALinearScore() {
    // A penalty so small that it changes the sixth digit.
    Attribution found = new Lime(2, 60, 0.25, 1e-6, GREY, 7).attribute(score, X, RUN);
    assertArrayEquals(byCell(), values(found), 1e-5f);
    Attribution stiff = new Lime(2, 60, 0.25, 1e9, GREY, 7).attribute(score, X, RUN);
    assertArrayEquals(new float[4], values(stiff), 1e-6f);
  }

  @ParameterizedTest
  @EnumSource(TotalEstimator.class)
  void sharesOfVariance(TotalEstimator estimator) {
    SobolAttribution sobol = new SobolAttribution(2, 4096, Sampler.SOBOL, estimator, GREY, 512);
    float[] found = values(sobol.attribute(score, X, RUN));
    double all = 0;
    for (float c : byCell()) {
      all += c * c;
    }
    for (int k = 0; k < 4; k++) {
      // 4096 points of a scrambled Sobol sequence are off by well under a percent.
      assertEquals(byCell()[k] * byCell()[k] / all, found[k], 0.01, estimator + " cell " + k);
    }
  }

  /** The mean over masks that show a place is its covariance with all places, over its mean. */
  @Test
  void riseInExpectation() {
    Rise rise = new Rise(40_000, 3, 0.4, GREY, 500);
    float[] found = values(rise.attribute(score, X, Run.of(2)));
    RiseMasks other = new RiseMasks(40_000, 3, 0.4, 4, 4, Run.of(77).random("other masks"));
    double[] mean = new double[PLACES];
    double[][] product = new double[PLACES][PLACES];
    float[] mask = new float[PLACES];
    for (int k = 0; k < other.count(); k++) {
      other.write(k, mask);
      for (int p = 0; p < PLACES; p++) {
        mean[p] += mask[p] / 40_000.0;
        for (int q = 0; q < PLACES; q++) {
          product[p][q] += mask[p] * mask[q] / 40_000.0;
        }
      }
    }
    for (int p = 0; p < PLACES; p++) {
      assertEquals(0.4, mean[p], 0.01, "a share of 0.4 is visible");
      double expected = 0;
      for (int q = 0; q < PLACES; q++) {
        expected += byPlace()[q] * (product[p][q] - mean[p] * mean[q]) / mean[p];
      }
      // The scatter of a score is about 1, so that of a mean over 40,000 is 0.005.
      assertEquals(expected, found[p], 0.025, "place " + p);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary", "rbf", "sobolev"})
  void dependenceFollowsTheSizeOfContributions(String kernel) {
    Hsic hsic =
        new Hsic(
            switch (kernel) {
              case "binary" -> Kernel.binary();
              case "rbf" -> Kernel.rbf(0.3);
              default -> Kernel.sobolev();
            },
            Kernel.rbf(),
            false);
    // Only one cell matters, and one matters a third as much; the others are at chance.
    float[] w = new float[SHAPE.size()];
    w[0] = 3;
    w[15] = 1;
    Tensor ones = Tensor.wrap(SHAPE.batch(1), Toys.filled(SHAPE.size(), 1));
    float[] found =
        values(
            new HsicAttribution(2, 600, hsic, new Baseline.Zero(), 50)
                .attribute(Toys.linear(SHAPE, 0, w), ones, RUN));
    assertTrue(found[0] > 3 * found[3], kernel + " " + found[0] + " " + found[3]);
    assertTrue(found[3] > 3 * Math.max(found[1], found[2]), kernel + " " + found[3]);
  }

  @Test
  void classActivation() {
    // Features are channels here, so the map is the channels weighted by the mean of w.
    Attribution found = new GradCam(false, 1).attribute(score, X, RUN);
    double[] w = new double[2];
    for (int p = 0; p < W.length; p++) {
      w[p / PLACES] += W[p] / PLACES;
    }
    Attribution rectified = new GradCam(true, 1).attribute(score, X, RUN);
    for (int p = 0; p < PLACES; p++) {
      double expected = w[0] * X.get(p) + w[1] * X.get(p + PLACES);
      assertEquals(expected, found.values().get(p), ROUNDING);
      assertEquals(Math.max(0, expected), rectified.values().get(p), ROUNDING);
    }
  }

  @Test
  void classActivationPlusPlus() {
    // Two places, one feature, A = (1, 3), g = (0.5, -1): w = g² / (2 g² + 4 g³) g = 0.125.
    Shape two = Shape.of(1, 1, 2);
    ToyScore toy = Toys.linear(two, 0, new float[] {0.5f, -1});
    Tensor x = Tensor.of(two.batch(1), 1, 3);
    Attribution found = new GradCamPlusPlus(1).attribute(toy, x, RUN);
    assertArrayEquals(new float[] {0.125f, 0.375f}, values(found), 1e-6f);
    assertTrue(!found.signed());
  }
}
