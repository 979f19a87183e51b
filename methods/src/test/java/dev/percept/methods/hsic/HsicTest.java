package dev.percept.methods.hsic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.testkit.Npy;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HsicTest {
  private static final Run RUN = Run.of(1);

  @ParameterizedTest
  @CsvSource({
    "binary, binary, novello_hsic_binary, true",
    "binary, binary, xplique_hsic_binary, false",
    "rbf, real, novello_hsic_rbf, true",
    "rbf, real, xplique_hsic_rbf, false",
    "sobolev, real, xplique_hsic_sobolev, false",
  })
  void publishedIndicesAreReproduced(String kernel, String data, String golden, boolean upper) {
    Tensor design = floats("hsic_masks_" + data).reshape(256, 49);
    float[] y = floats("hsic_y_" + data).toArray();
    Kernel input =
        switch (kernel) {
          case "binary" -> Kernel.binary();
          case "rbf" -> Kernel.rbf(0.5);
          default -> Kernel.sobolev();
        };
    Hsic hsic = new Hsic(input, Kernel.rbf(medianOutput(y, upper)), false);
    List<HsicIndex> indices = hsic.measure(design, y, RUN);
    float[] expected = floats(golden).toArray();
    for (int k = 0; k < 49; k++) {
      // Published over n where ours is over n²; made in float32.
      assertEquals(expected[k], 256 * indices.get(k).value(), 1e-5 + 1e-5 * expected[k], "at " + k);
    }
  }

  /** What the published programs take for the bandwidth of the outputs. */
  private static double medianOutput(float[] y, boolean upper) {
    float[] sorted = y.clone();
    Arrays.sort(sorted);
    float high = sorted[y.length / 2];
    return upper ? high : (high + (double) sorted[y.length / 2 - 1]) / 2;
  }

  @Test
  void aBalancedBinaryVariableAndItselfHaveAQuarter() {
    // The centred delta kernel is ±1/2 everywhere.
    Hsic hsic = new Hsic(Kernel.binary(), Kernel.binary(), false);
    HsicIndex same =
        hsic.measure(matrix(1, 0, 1, 0, 1, 0, 1, 0), new float[] {5, 2, 5, 2, 5, 2, 5, 2}, RUN)
            .get(0);
    assertEquals(0.25, same.value(), 1e-12);
    assertEquals(1, same.normalised(), 1e-12);
    HsicIndex orthogonal =
        hsic.measure(matrix(1, 0, 1, 0, 1, 0, 1, 0), new float[] {5, 5, 2, 2, 5, 5, 2, 2}, RUN)
            .get(0);
    assertEquals(0, orthogonal.value(), 1e-12);
  }

  @Test
  void itIsTheTraceOfItsDefinition() {
    int n = 23;
    RandomGenerator random = RUN.random("test");
    float[] x = uniform(n, random);
    float[] y = uniform(n, random);
    for (Kernel kernel : List.of(Kernel.sobolev(), Kernel.rbf(0.3), Kernel.rbf())) {
      double[][] k = matrix(kernel, x);
      double[][] l = matrix(Kernel.rbf(), y);
      HsicIndex biased = new Hsic(kernel, Kernel.rbf(), false).measure(matrix(x), y, RUN).get(0);
      double kl = trace(centred(k), centred(l));
      double kk = trace(centred(k), centred(k));
      double ll = trace(centred(l), centred(l));
      assertEquals(kl / n / n, biased.value(), 1e-12);
      assertEquals(kl / Math.sqrt(kk * ll), biased.normalised(), 1e-12);
      HsicIndex unbiased = new Hsic(kernel, Kernel.rbf(), true).measure(matrix(x), y, RUN).get(0);
      assertEquals(song(k, l), unbiased.value(), 1e-12);
    }
  }

  /** Song et al. (2012), equation 5, as it stands there. */
  private static double song(double[][] k, double[][] l) {
    int n = k.length;
    double trace = 0;
    double sumK = 0;
    double sumL = 0;
    double cross = 0;
    for (int i = 0; i < n; i++) {
      double rowK = 0;
      double rowL = 0;
      for (int j = 0; j < n; j++) {
        if (i != j) {
          trace += k[i][j] * l[i][j];
          rowK += k[i][j];
          rowL += l[i][j];
        }
      }
      sumK += rowK;
      sumL += rowL;
      cross += rowK * rowL;
    }
    return (trace + sumK * sumL / (n - 1) / (n - 2) - 2 * cross / (n - 2)) / n / (n - 3);
  }

  @Test
  void whatDoesNotMatterIsAtChanceAndTheUnbiasedEstimateAtZero() {
    // 300 coordinates, of which the output depends on the first two.
    int n = 128;
    int d = 300;
    RandomGenerator random = RUN.random("test");
    float[] masks = uniform(n * d, random);
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      y[i] = masks[i * d] + 0.6f * masks[i * d + 1];
    }
    Tensor design = Tensor.of(Shape.of(n, d), masks);
    List<HsicIndex> indices = Hsic.ofRealMasks().measure(design, y, RUN);
    List<HsicIndex> unbiased = Hsic.ofRealMasks().withoutBias().measure(design, y, RUN);
    assertTrue(indices.get(0).normalised() > 5 * indices.get(0).chance95());
    assertTrue(indices.get(1).normalised() > 2 * indices.get(1).chance95());
    double mean = 0;
    double chance = 0;
    double zero = 0;
    int above = 0;
    for (int k = 2; k < d; k++) {
      mean += indices.get(k).normalised() / (d - 2);
      chance += indices.get(k).chance() / (d - 2);
      zero += unbiased.get(k).normalised() / (d - 2);
      above += indices.get(k).normalised() > indices.get(k).chance95() ? 1 : 0;
      assertEquals(0, unbiased.get(k).chance(), 1e-12);
    }
    // Standard error of the mean of 298 indices whose deviation is about their mean: 6 %; four.
    assertEquals(chance, mean, 0.25 * chance);
    assertEquals(0, zero, 0.25 * chance);
    // 5 % of 298 is 15, standard deviation 3.8; four of them.
    assertTrue(above > 0 && above < 31, above + " above the 95 % point");
  }

  @Test
  void permutedCoordinatesHavePermutedIndicesAndNothingElseMatters() {
    RandomGenerator random = RUN.random("test");
    int n = 40;
    float[] masks = uniform(3 * n, random);
    float[] turned = new float[3 * n];
    float[] y = new float[n];
    float[] moved = new float[n];
    for (int i = 0; i < n; i++) {
      y[i] = masks[3 * i] - masks[3 * i + 2] * masks[3 * i + 1];
      moved[i] = -8 * y[i] + 64;
      for (int k = 0; k < 3; k++) {
        turned[3 * i + (k + 1) % 3] = masks[3 * i + k];
      }
    }
    Hsic hsic = Hsic.ofRealMasks();
    List<HsicIndex> plain = hsic.measure(Tensor.of(Shape.of(n, 3), masks), y, RUN);
    List<HsicIndex> other =
        hsic.measure(Tensor.of(Shape.of(n, 3), turned), moved, RUN.withThreads(1));
    for (int k = 0; k < 3; k++) {
      // float32 rounding of 64 - 8 y, which a bandwidth of about 0.4 magnifies.
      assertEquals(plain.get(k).normalised(), other.get((k + 1) % 3).normalised(), 1e-5);
    }
  }

  @Test
  void oneBlockOrManyAndAnyNumberOfThreadsGiveTheSame() {
    // 1,500² entries are more than one block.
    int n = 1500;
    RandomGenerator random = RUN.random("test");
    Tensor design = Tensor.of(Shape.of(n, 2), uniform(2 * n, random));
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      y[i] = design.get(i, 0);
    }
    List<HsicIndex> one = Hsic.ofRealMasks().measure(design, y, RUN.withThreads(1));
    assertEquals(one, Hsic.ofRealMasks().measure(design, y, RUN.withThreads(2)));
    double[][] k = centred(matrix(Kernel.sobolev(), y));
    double[][] l = centred(matrix(Kernel.rbf(), y));
    assertEquals(trace(k, l) / n / n, one.get(0).value(), 1e-12);
  }

  @Test
  void constantsDoNotMatter() {
    float[] same = new float[300];
    Arrays.fill(same, 0.7f);
    float[] x = uniform(300, RUN.random("test"));
    HsicIndex none = new HsicIndex(0, 0, 0, 0);
    for (Kernel kernel : List.of(Kernel.sobolev(), Kernel.binary(), Kernel.rbf())) {
      for (boolean unbiased : new boolean[] {false, true}) {
        Hsic hsic = new Hsic(kernel, Kernel.rbf(), unbiased);
        assertEquals(none, hsic.measure(matrix(x), same, RUN).get(0));
        assertEquals(none, hsic.measure(matrix(same), x, RUN).get(0));
      }
    }
  }

  @Test
  void unfitInputIsRefused() {
    Hsic hsic = Hsic.ofRealMasks();
    float[] four = {0, 1, 0.5f, 0.2f};
    assertThrows(
        IllegalArgumentException.class, () -> hsic.measure(matrix(four), new float[5], RUN));
    assertThrows(
        IllegalArgumentException.class,
        () -> hsic.measure(matrix(0, 1, 0), new float[] {1, 2, 3}, RUN));
    assertThrows(IllegalArgumentException.class, () -> hsic.measure(matrix(0, 2, 0, 1), four, RUN));
    assertThrows(
        IllegalArgumentException.class,
        () -> hsic.measure(matrix(four), new float[] {1, Float.NaN, 3, 4}, RUN));
    assertThrows(IllegalArgumentException.class, () -> Kernel.rbf(0));
    assertThrows(IllegalArgumentException.class, () -> Kernel.rbf(Double.POSITIVE_INFINITY));
    assertThrows(
        IllegalArgumentException.class,
        () -> Hsic.ofBinaryMasks().measure(matrix(0, Float.NaN, 0, 1), four, RUN));
  }

  private Tensor floats(String name) {
    Npy array = Npy.resource(getClass(), name + ".npy");
    return Tensor.of(Shape.of(array.values().length), array.floats());
  }

  private static Tensor matrix(float... column) {
    return Tensor.of(Shape.of(column.length, 1), column);
  }

  static float[] uniform(int n, RandomGenerator random) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  static double[][] matrix(Kernel kernel, float[] values) {
    int n = values.length;
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = values[i];
    }
    Kernel.Fitted fitted = kernel.fit(x);
    double[][] k = new double[n][n];
    double[] row = new double[n];
    for (int i = 0; i < n; i++) {
      fitted.row(i, row);
      for (int j = i; j < n; j++) {
        k[i][j] = row[j];
        k[j][i] = row[j];
      }
    }
    return k;
  }

  static double[][] centred(double[][] k) {
    int n = k.length;
    double[] mean = new double[n];
    double all = 0;
    for (int i = 0; i < n; i++) {
      mean[i] = Arrays.stream(k[i]).average().orElseThrow();
      all += mean[i] / n;
    }
    double[][] centred = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        centred[i][j] = k[i][j] - mean[i] - mean[j] + all;
      }
    }
    return centred;
  }

  static double trace(double[][] a, double[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        sum += a[i][j] * b[j][i];
      }
    }
    return sum;
  }
}
