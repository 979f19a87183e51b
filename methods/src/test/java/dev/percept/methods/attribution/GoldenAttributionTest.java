package dev.percept.methods.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.importance.Sampler;
import dev.percept.methods.importance.TotalEstimator;
import dev.percept.testkit.Npy;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.hipparchus.random.SobolSequenceGenerator;
import org.junit.jupiter.api.Test;

/** Against captum and sobol-attribution on a small CNN. */
class GoldenAttributionTest {
  private static final Baseline ZERO = new Baseline.Zero();
  private static final Tensor X = inputs();

  /** Published programs compute in float32 as this does; their sums differ in order. */
  private static final double CLOSE = 1e-5;

  private static Tensor inputs() {
    return Tensor.wrap(Shape.of(2, 3, 48, 48), golden("X").floats());
  }

  private static Npy golden(String name) {
    return Npy.resource(GoldenAttributionTest.class, name + ".npy");
  }

  /** The map of each picture for its own class, 0 and 1. */
  private static double[] maps(Attributor<? super SmallCnn> method) {
    double[][] each = new double[2][];
    for (int i = 0; i < 2; i++) {
      Tensor map = method.attribute(new SmallCnn(i), X.slice(i, i + 1), Run.of(1)).values();
      each[i] = new double[map.shape().size()];
      for (int p = 0; p < each[i].length; p++) {
        each[i][p] = map.get(p);
      }
    }
    return DoubleStream.concat(Arrays.stream(each[0]), Arrays.stream(each[1])).toArray();
  }

  private static double relative(double[] expected, double[] found) {
    assertEquals(expected.length, found.length);
    double off = 0;
    double all = 0;
    for (int p = 0; p < expected.length; p++) {
      off += (expected[p] - found[p]) * (expected[p] - found[p]);
      all += expected[p] * expected[p];
    }
    return Math.sqrt(off / all);
  }

  private static void check(String golden, Attributor<? super SmallCnn> method) {
    assertEquals(0, relative(golden(golden).values(), maps(method)), CLOSE, golden);
  }

  @Test
  void theNetworkIsTheSame() {
    double[] logits = golden("logits").values();
    for (int c = 0; c < 4; c++) {
      float[] found = new SmallCnn(c).score(X);
      assertEquals(logits[c], found[0], 1e-4);
      assertEquals(logits[4 + c], found[1], 1e-4);
    }
  }

  @Test
  void gradients() {
    check("saliency", new Saliency(2));
    check("input_x_gradient", new GradientInput(ZERO, 2));
    check("guided_backprop", new GuidedBackprop(2));
    check("gradcam", new GradCam(false, 2));
  }

  @Test
  void integratedGradients() {
    check("integrated_gradients", new IntegratedGradients(50, Quadrature.GAUSS_LEGENDRE, ZERO, 16));
    check(
        "integrated_gradients_riemann", new IntegratedGradients(50, Quadrature.RIEMANN, ZERO, 16));
    Attribution found =
        new IntegratedGradients(50, Quadrature.GAUSS_LEGENDRE, ZERO, 16)
            .attribute(new SmallCnn(0), X.slice(0, 1), Run.of(1));
    assertNotNull(found.gaps());
    // The published sum and score of this picture.
    assertEquals(1.32487, found.gaps().get(0).sum(), 1e-4);
    assertEquals(1.33291, found.gaps().get(0).expected(), 1e-4);
  }

  @Test
  void occlusion() {
    check("occlusion", new Occlusion(8, 8, ZERO, 16));
  }

  /** 50 copies drawn by another generator: two such means are about a tenth apart. */
  @Test
  void smoothGradWithinItsNoise() {
    double[] expected = golden("smoothgrad").values();
    float[] one = new float[3 * 48 * 48];
    double[] found = new double[expected.length];
    for (int i = 0; i < 2; i++) {
      X.copyTo(i * one.length, one, 0, one.length);
      Planes.Range range = Planes.Range.of(one);
      SmoothGrad method = new SmoothGrad(50, 0.1 / (range.high() - range.low()), true, 16);
      Tensor map = method.attribute(new SmallCnn(i), X.slice(i, i + 1), Run.of(1)).values();
      for (int p = 0; p < one.length; p++) {
        found[i * one.length + p] = map.get(p);
      }
    }
    double off = relative(expected, found);
    assertTrue(off > 0.01 && off < 0.2, "found " + off);
  }

  /** Given the published design, the plain sequence that Percept never draws from by itself. */
  @Test
  void sobol() {
    int designs = 32;
    SobolSequenceGenerator plain = new SobolSequenceGenerator(128);
    float[] points = new float[designs * 128];
    for (int n = 0; n < designs; n++) {
      double[] point = plain.nextVector();
      for (int d = 0; d < 128; d++) {
        points[n * 128 + d] = (float) point[d];
      }
    }
    SobolAttribution method =
        new SobolAttribution(8, designs, Sampler.SOBOL, TotalEstimator.JANSEN, ZERO, 64);
    Attribution found = method.attribute(new SmallCnn(0), X.slice(0, 1), points, Run.of(1));
    double[] first = Arrays.copyOf(golden("sobol").values(), 48 * 48);
    assertEquals(0, relative(first, cubic(found.values().toArray())), 1e-4);
  }

  /** With designs of its own, the same cells matter. */
  @Test
  void sobolOfOtherDesigns() {
    Attribution found =
        new SobolAttribution(8, 32, Sampler.SOBOL, TotalEstimator.JANSEN, ZERO, 64)
            .attribute(new SmallCnn(0), X.slice(0, 1), Run.of(1));
    double[] first = Arrays.copyOf(golden("sobol").values(), 48 * 48);
    double[] own = cubic(found.values().toArray());
    double product = 0;
    double a = 0;
    double b = 0;
    for (int p = 0; p < own.length; p++) {
      product += first[p] * own[p];
      a += first[p] * first[p];
      b += own[p] * own[p];
    }
    assertTrue(product / Math.sqrt(a * b) > 0.9, "cosine " + product / Math.sqrt(a * b));
  }

  /** 8 x 8 to 48 x 48 by the cubic kernel with a = -3/4, edges repeated. */
  private static double[] cubic(float[] cells) {
    double[][] weights = new double[48][8];
    for (int i = 0; i < 48; i++) {
      double at = (i + 0.5) / 6 - 0.5;
      int low = (int) Math.floor(at);
      for (int k = low - 1; k <= low + 2; k++) {
        double x = Math.abs(at - k);
        double w = x <= 1 ? (1.25 * x - 2.25) * x * x + 1 : ((-0.75 * x + 3.75) * x - 6) * x + 3;
        weights[i][Math.max(0, Math.min(7, k))] += w;
      }
    }
    double[] map = new double[48 * 48];
    for (int p = 0; p < map.length; p++) {
      for (int c = 0; c < 64; c++) {
        map[p] += weights[p / 48][c / 8] * weights[p % 48][c % 8] * cells[c];
      }
    }
    return map;
  }
}
