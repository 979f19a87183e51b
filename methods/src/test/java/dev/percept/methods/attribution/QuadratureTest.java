package dev.percept.methods.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Attribution;
import dev.percept.core.RectifierRule;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import org.junit.jupiter.api.Test;

class QuadratureTest {
  private static double integral(Quadrature quadrature, int n, int power) {
    Quadrature.Rule rule = quadrature.rule(n);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += rule.weights()[i] * Math.pow(rule.at()[i], power);
      assertTrue(i == 0 || rule.at()[i] > rule.at()[i - 1], "in rising order");
      assertTrue(rule.at()[i] > 0 && rule.at()[i] < 1);
    }
    return sum;
  }

  @Test
  void gaussIsExactUpToItsDegree() {
    for (int n : new int[] {1, 2, 5, 50, 301}) {
      for (int power : new int[] {0, 1, n, 2 * n - 1}) {
        assertEquals(1.0 / (power + 1), integral(Quadrature.GAUSS_LEGENDRE, n, power), 1e-13);
      }
    }
  }

  @Test
  void midpointsAreOffByTheSquareOfTheStep() {
    assertEquals(1, integral(Quadrature.RIEMANN, 10, 0), 1e-15);
    assertEquals(0.5, integral(Quadrature.RIEMANN, 10, 1), 1e-15);
    // The error for x² is 1 / (12 n²), exactly.
    assertEquals(1.0 / 3 - 1.0 / 1200, integral(Quadrature.RIEMANN, 10, 2), 1e-15);
  }

  /** For {@code Σ x³} from b to x: x³ − b³, which two points of Gauss-Legendre give exactly. */
  @Test
  void integratedGradientsOfACube() {
    Shape shape = Shape.of(1, 2, 2);
    ToyScore cube =
        new ToyScore(shape) {
          @Override
          double of(float[] x) {
            double sum = 0;
            for (float v : x) {
              sum += (double) v * v * v;
            }
            return sum;
          }

          @Override
          float[] gradientOf(float[] x, RectifierRule rule) {
            float[] g = x.clone();
            for (int p = 0; p < g.length; p++) {
              g[p] = 3 * x[p] * x[p];
            }
            return g;
          }
        };
    Tensor x = Tensor.of(shape.batch(1), 1, -2, 0.5f, 0);
    Baseline mean = new Baseline.Mean();
    Attribution exact =
        new IntegratedGradients(2, Quadrature.GAUSS_LEGENDRE, mean, 1)
            .attribute(cube, x, Run.of(1));
    double b = -0.125;
    for (int p = 0; p < 4; p++) {
      assertEquals(Math.pow(x.get(p), 3) - b * b * b, exact.values().get(p), 1e-5);
    }
    assertNotNull(exact.gaps());
    assertEquals(0, exact.gaps().get(0).relative(), 1e-5);
    Attribution rough =
        new IntegratedGradients(2, Quadrature.RIEMANN, mean, 1).attribute(cube, x, Run.of(1));
    assertNotNull(rough.gaps());
    assertTrue(rough.gaps().get(0).relative() > 0.01, "the gap says that two steps are too few");
  }
}
