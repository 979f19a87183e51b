package dev.percept.fact.bcos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Pullback;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.TorchFunction;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single layers against B-cos-v2, and by what must hold of them. */
class BcosLayersTest {
  /** What both programs round away: values are of order 1, sums of some 54 terms. */
  private static final float GOLDEN = 1e-5f;

  @BeforeAll
  static void start() {
    TorchEngine.start(1);
  }

  private static Tensor golden(String name) {
    return Goldens.tensor("bcos_layers/" + name);
  }

  private static TorchFunction function(Part part, Tensor weight, Shape out, Forward how) {
    Store store = new Store(part.parameters(), weights(part, weight), false);
    Step step = part.with(store);
    return new TorchFunction(x -> step.forward(x, how), out);
  }

  private static Map<String, Tensor> weights(Part part, Tensor weight) {
    return Map.of(part.parameters().get(0).name(), weight);
  }

  /** One where the third channel is, as in the golden gradients. */
  private static Tensor thirdChannel(Tensor y) {
    Shape s = y.shape();
    float[] v = new float[s.size()];
    int places = s.dim(2) * s.dim(3);
    for (int i = 0; i < s.dim(0); i++) {
      java.util.Arrays.fill(v, (i * s.dim(1) + 3) * places, (i * s.dim(1) + 4) * places, 1);
    }
    return Tensor.wrap(s, v);
  }

  @ParameterizedTest
  @CsvSource({
    "b1, 1, 1, 1, 1",
    "b15, 1, 1, 1.5, 1",
    "b2, 1, 1, 2, 1",
    "b2_maxout2, 1, 1, 2, 2",
    "b2_groups2_s2, 2, 2, 2, 1"
  })
  void convolutionsAreThoseOfThePublicRelease(
      String name, int stride, int groups, double b, int maxOut) {
    BcosConv conv = new BcosConv("c", 6, 8, 3, stride, 1, 1, groups, b, maxOut);
    Tensor x = golden(name + "_x");
    Tensor w = golden(name + "_w");
    Tensor out = golden(name + "_out");
    TorchFunction explained = function(conv, w, out.shape().example(), Forward.EXPLANATION);
    TorchFunction plain = function(conv, w, out.shape().example(), Forward.PLAIN);
    assertArrayEquals(out.toArray(), plain.forward(x).toArray(), GOLDEN);
    Pullback e = explained.pull(x, BcosLayersTest::thirdChannel);
    Pullback p = plain.pull(x, BcosLayersTest::thirdChannel);
    assertArrayEquals(out.toArray(), e.values().toArray(), GOLDEN);
    assertArrayEquals(golden(name + "_grad_expl").toArray(), e.gradients().toArray(), GOLDEN);
    assertArrayEquals(golden(name + "_grad_plain").toArray(), p.gradients().toArray(), GOLDEN);
    double apart = Near.relative(p.gradients(), e.gradients());
    if (b == 1) {
      assertEquals(0, apart, "a linear layer has one derivative");
    } else {
      assertTrue(apart > 0.1, "explanation and plain gradients differ by " + apart);
    }
  }

  @Test
  void aLinearLayerIsThatOfThePublicRelease() {
    Tensor out = golden("lin_out");
    BcosLinear linear = new BcosLinear("l", 12, 5, 2, 1);
    TorchFunction f = function(linear, golden("lin_w"), Shape.of(5), Forward.PLAIN);
    assertArrayEquals(out.toArray(), f.forward(golden("lin_x")).toArray(), GOLDEN);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1.5, 1", "2, 1", "2.5, 2", "2, 3"})
  void aLinearLayerIsAConvolutionOfOnePixel(double b, int maxOut) {
    Tensor x = random(Shape.of(7, 12), "x");
    Tensor w = random(Shape.of(5 * maxOut, 12), "w");
    BcosConv conv = new BcosConv("c", 12, 5, 1, 1, 0, 1, 1, b, maxOut);
    BcosLinear linear = new BcosLinear("l", 12, 5, b, maxOut);
    for (Forward how : new Forward[] {Forward.PLAIN, Forward.EXPLANATION}) {
      Pullback one =
          function(conv, w.reshape(5 * maxOut, 12, 1, 1), Shape.of(5, 1, 1), how)
              .pull(x.reshape(7, 12, 1, 1), y -> y);
      Pullback other = function(linear, w, Shape.of(5), how).pull(x, y -> y);
      // They keep norms from 0 by 1e-6 and 1e-12 of a square that is about 12.
      assertTrue(Near.relative(one.values().reshape(7, 5), other.values()) < 1e-6);
      assertTrue(Near.relative(one.gradients().reshape(7, 12), other.gradients()) < 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.25, 2, 3})
  void anExplanationTimesTheInputIsTheOutput(double b) {
    BcosConv conv = new BcosConv("c", 6, 4, 3, 2, 2, 2, 2, b, 2);
    Tensor x = random(Shape.of(2, 6, 9, 9), "x");
    Tensor w = random(Shape.of(8, 3, 3, 3), "w");
    TorchFunction f = function(conv, w, Shape.of(4, 5, 5), Forward.EXPLANATION);
    Tensor v = random(Shape.of(2, 4, 5, 5), "v");
    Pullback pulled = f.pull(x, y -> v);
    double sum = dot(x, pulled.gradients());
    double expected = dot(v, pulled.values());
    assertEquals(expected, sum, 1e-5 * dotOfAbsolutes(x, pulled.gradients()));
  }

  @Test
  void dilationAndPaddingFollowTheDefinition() {
    // One output by hand: the patch of nine values that lie two apart, some outside the picture.
    BcosConv conv = new BcosConv("c", 1, 1, 3, 1, 2, 2, 1, 2, 1);
    float[] x = {1, -2, 3, -4, 5, -6, 7, -8, 9};
    float[] w = {1, 0, -1, 2, 0.5f, 1, 3, -1, 2};
    TorchFunction f =
        function(conv, Tensor.of(Shape.of(1, 1, 3, 3), w), Shape.of(1, 3, 3), Forward.PLAIN);
    float[] y = f.forward(Tensor.of(Shape.of(1, 1, 3, 3), x)).toArray();
    // At the top left corner filters 4, 5, 7 and 8 meet pixels 0, 2, 6 and 8.
    double length = Math.sqrt(1 + 1 + 4 + 0.25 + 1 + 9 + 1 + 4);
    double projection = (0.5 * 1 + 1 * 3 - 1 * 7 + 2 * 9) / length;
    double norm = Math.sqrt(1 + 9 + 49 + 81 + 1e-6);
    assertEquals(Math.abs(projection) / norm * projection, y[0], 1e-5);
  }

  @Test
  void outputsGrowWithTheInputAndTheCosineStays() {
    // B-cos layers are homogeneous of degree 1 up to the epsilon in the norm.
    BcosConv conv = new BcosConv("c", 3, 4, 3, 1, 1, 1, 1, 2, 1);
    Tensor x = random(Shape.of(1, 3, 6, 6), "x");
    Tensor w = random(Shape.of(4, 3, 3, 3), "w");
    TorchFunction f = function(conv, w, Shape.of(4, 6, 6), Forward.PLAIN);
    float[] y = f.forward(x).toArray();
    float[] three = f.forward(times(x, 3)).toArray();
    float[] tenfold =
        function(conv, times(w, 10), Shape.of(4, 6, 6), Forward.PLAIN).forward(x).toArray();
    for (int i = 0; i < y.length; i++) {
      assertEquals(3 * y[i], three[i], 1e-5);
      assertEquals(y[i], tenfold[i], 1e-6, "only the direction of a filter counts");
    }
  }

  @Test
  void nothingGivesNothing() {
    for (double b : new double[] {1, 1.5, 2}) {
      BcosConv conv = new BcosConv("c", 3, 4, 3, 1, 1, 1, 1, b, 2);
      Tensor w = random(Shape.of(8, 3, 3, 3), "w");
      TorchFunction f = function(conv, w, Shape.of(4, 5, 5), Forward.PLAIN);
      Pullback p = f.pull(Tensor.zeros(Shape.of(1, 3, 5, 5)), y -> y);
      assertTrue(p.gradients().isFinite());
      for (float v : p.values().toArray()) {
        assertEquals(0, v);
      }
    }
  }

  @Test
  void permutedFiltersPermuteOutputs() {
    BcosLinear linear = new BcosLinear("l", 6, 2, 2, 1);
    Tensor x = random(Shape.of(3, 6), "x");
    Tensor w = random(Shape.of(2, 6), "w");
    float[] swapped = new float[12];
    w.copyTo(6, swapped, 0, 6);
    w.copyTo(0, swapped, 6, 6);
    float[] y = function(linear, w, Shape.of(2), Forward.PLAIN).forward(x).toArray();
    float[] z =
        function(linear, Tensor.wrap(Shape.of(2, 6), swapped), Shape.of(2), Forward.PLAIN)
            .forward(x)
            .toArray();
    for (int i = 0; i < 3; i++) {
      assertEquals(y[2 * i], z[2 * i + 1], 1e-6);
      assertEquals(y[2 * i + 1], z[2 * i], 1e-6);
    }
  }

  @Test
  void aFilterOfZerosIsRefused() {
    BcosLinear linear = new BcosLinear("l", 2, 2, 2, 1);
    Tensor w = Tensor.of(Shape.of(2, 2), 1, 2, 0, 0);
    String message =
        assertThrows(
                PerceptException.class,
                () -> new Store(linear.parameters(), weights(linear, w), false))
            .getMessage();
    assertTrue(String.valueOf(message).contains("l.linear.weight"), message);
  }

  @Test
  void badArgumentsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new BcosConv("c", 6, 8, 3, 1, 1, 1, 4, 2, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new BcosConv("c", 6, 8, 3, 0, 1, 1, 1, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> new BcosLinear("l", 6, 8, 0.5, 1));
    assertThrows(IllegalArgumentException.class, () -> new BcosLinear("l", 6, 8, Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> Forward.training(1.5));
  }

  private static Tensor times(Tensor t, float factor) {
    float[] values = t.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return Tensor.wrap(t.shape(), values);
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.shape().size(); i++) {
      sum += (double) a.get(i) * b.get(i);
    }
    return sum;
  }

  private static double dotOfAbsolutes(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.shape().size(); i++) {
      sum += Math.abs((double) a.get(i) * b.get(i));
    }
    return sum;
  }

  private static Tensor random(Shape shape, String purpose) {
    RandomGenerator random = Run.of(3).random(purpose);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.wrap(shape, values);
  }
}
