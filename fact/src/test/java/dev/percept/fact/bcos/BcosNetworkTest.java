package dev.percept.fact.bcos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Examples;
import dev.percept.core.Grid;
import dev.percept.core.PerceptException;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks: names, completeness, what changes with what. */
class BcosNetworkTest {
  static Tensor pictures(BcosSpec spec, int n) {
    RandomGenerator random = Run.of(2).random("pictures");
    Shape shape = spec.inputShape().batch(n);
    float[] values = new float[shape.size()];
    int half = values.length / n / 2;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < half; j++) {
        float v = random.nextFloat();
        values[2 * i * half + j] = v;
        values[(2 * i + 1) * half + j] = 1 - v;
      }
    }
    return Tensor.wrap(shape, values);
  }

  @Test
  void contributionsAddUpAtEveryCutOfEveryKindOfNetwork() {
    BcosSpec small = Networks.small();
    for (BcosSpec spec : List.of(small, Networks.unusual(), small.withB(1.25), small.withB(3))) {
      try (BcosNetwork network = Networks.open(spec)) {
        for (String layer : network.layers()) {
          Completeness.check(network.cut(layer), pictures(spec, 3));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(BcosNorm.class)
  void contributionsAddUpWithEveryNorm(BcosNorm norm) {
    BcosSpec spec = Networks.small().withNorm(norm);
    try (BcosNetwork network = Networks.open(spec)) {
      for (String layer : network.layers()) {
        Completeness.check(network.cut(layer), pictures(spec, 2));
      }
    }
  }

  @Test
  void withBOfOneANetworkIsLinear() {
    BcosSpec spec = Networks.small().withB(1);
    try (BcosNetwork network = Networks.open(spec)) {
      DynamicLinearModel model = network.cut("layer1");
      Tensor x = pictures(spec, 2);
      Pullback plain = model.pullLogits(x, y -> y, RectifierRule.EXACT);
      Pullback explained = model.explanation().pullLogits(x, y -> y, RectifierRule.EXACT);
      assertArrayEquals(plain.gradients().toArray(), explained.gradients().toArray());
      // A linear map has the same matrix everywhere.
      Pullback elsewhere =
          model.pullLogits(pictures(spec, 5).slice(3, 5), y -> seed(y), RectifierRule.EXACT);
      Pullback here = model.pullLogits(x, y -> seed(y), RectifierRule.EXACT);
      assertTrue(Near.relative(here.gradients(), elsewhere.gradients()) < 1e-6);
    }
  }

  private static Tensor seed(Tensor y) {
    return Completeness.only(1).apply(y);
  }

  @Test
  void layersAndGridsAreThoseOfTheArchitecture() {
    BcosSpec spec = Networks.unusual();
    try (BcosNetwork network = Networks.open(spec)) {
      assertEquals(List.of("stem", "layer1", "layer2.0", "layer2"), network.layers());
      assertEquals(network.layers(), spec.layers());
      // 19 x 26, halved by the stem, by its pooling and by the second stage, rounded up.
      assertEquals(new Grid(5, 7), network.cut("layer1").grid());
      assertEquals(new Grid(3, 4), network.cut("layer2").grid());
      assertEquals(64, network.cut("layer2").features());
      DynamicLinearModel one = network.cut("layer2");
      DynamicLinearModel same = network.cut("layer2.1");
      Tensor x = pictures(spec, 1);
      assertArrayEquals(
          one.activations(x).values().toArray(), same.activations(x).values().toArray());
      assertEquals("layer2", same.info().layer());
      assertEquals("Bcos", same.info().operator());
      assertFalse(same.info().nonNegative());
      boolean negative = false;
      for (float v : one.activations(x).values().toArray()) {
        negative |= v < 0;
      }
      assertTrue(negative, "B-cos activations are signed");
      String message =
          assertThrows(PerceptException.class, () -> network.cut("layer4")).getMessage();
      assertTrue(String.valueOf(message).contains("stem, layer1, layer2.0, layer2"), message);
    }
  }

  @Test
  void logitsHaveTheirBiasAndTemperature() {
    BcosSpec spec = Networks.small();
    Tensor x = pictures(spec, 2);
    Map<String, Tensor> weights = Networks.weights(spec, 1);
    try (BcosNetwork plain = BcosNetwork.of(spec.withLogits(0, 1), weights, 1);
        BcosNetwork other = BcosNetwork.of(spec.withLogits(-3, 4), weights, 1)) {
      float[] a = plain.cut("stem").logits(x).toArray();
      float[] b = other.cut("stem").logits(x).toArray();
      for (int i = 0; i < a.length; i++) {
        assertEquals(a[i] / 4 - 3, b[i], 1e-6);
      }
      assertEquals(-3, other.cut("stem").constants().get(0));
    }
    assertEquals(-Math.log(3), spec.logitBias(), 1e-12);
  }

  @Test
  void permutedChannelsPermuteCodesAndNothingElse() {
    BcosSpec spec = Networks.small();
    Map<String, Tensor> weights = Networks.weights(spec, 1);
    Map<String, Tensor> turned = new LinkedHashMap<>(weights);
    // layer2's output is written by its second convolution and its shortcut, read by fc alone.
    int p = 12;
    for (String name :
        List.of(
            "layer2.0.conv2.linear.weight",
            "layer2.0.bn2.weight",
            "layer2.0.bn2.running_var",
            "layer2.0.downsample.0.linear.weight",
            "layer2.0.downsample.1.weight",
            "layer2.0.downsample.1.running_var")) {
      turned.put(name, rotated(BcosWeights.get(weights, name), 0, p));
    }
    turned.put("fc.linear.weight", rotated(BcosWeights.get(weights, "fc.linear.weight"), 1, p));
    Tensor x = pictures(spec, 2);
    try (BcosNetwork one = BcosNetwork.of(spec, weights, 1);
        BcosNetwork other = BcosNetwork.of(spec, turned, 1)) {
      DynamicLinearModel a = one.cut("layer2");
      DynamicLinearModel b = other.cut("layer2");
      assertTrue(Near.relative(a.logits(x), b.logits(x)) < 1e-6);
      Tensor here = a.activations(x).values();
      Tensor there = b.activations(x).values();
      for (int i = 0; i < here.shape().size(); i++) {
        int row = i / p * p;
        assertEquals(here.get(i), there.get(row + (i % p + 1) % p), 1e-5);
      }
    }
  }

  /** Entry c of {@code axis} goes to place c + 1. */
  private static Tensor rotated(Tensor t, int axis, int p) {
    int inner = axis == 0 ? t.shape().size() / p : 1;
    float[] out = new float[t.shape().size()];
    for (int i = 0; i < out.length; i++) {
      int c = i / inner % p;
      out[i - c * inner + (c + 1) % p * inner] = t.get(i);
    }
    return Tensor.wrap(t.shape(), out);
  }

  @Test
  void whatDoesNotFitIsListedInOneMessage() {
    BcosSpec spec = Networks.small();
    Map<String, Tensor> weights = new LinkedHashMap<>(Networks.weights(spec, 1));
    weights.remove("bn1.running_var");
    weights.remove("fc.linear.weight");
    weights.put("fc.bias", Tensor.zeros(Shape.of(4)));
    weights.put("bn1.weight", Tensor.zeros(Shape.of(9)));
    weights.put("layer1.0.bn1.weight", Tensor.of(Shape.of(8), 1, 1, 1, Float.NaN, 1, 1, 1, 1));
    weights.put("layer1.0.bn1.num_batches_tracked", Tensor.of(Shape.of(), 7));
    String message =
        assertThrows(PerceptException.class, () -> BcosNetwork.of(spec, weights, 1)).getMessage();
    assertEquals(
        "the weights do not fit the network: missing: bn1.running_var, fc.linear.weight;"
            + " unexpected: fc.bias; of another shape: bn1.weight (expected 8, found 9); not"
            + " finite, or a variance below 0: layer1.0.bn1.weight. Check that its architecture"
            + " is the one they were trained with",
        message);
  }

  @Test
  void batchCountersAreIgnored() {
    BcosSpec spec = Networks.small();
    Map<String, Tensor> weights = new LinkedHashMap<>(Networks.weights(spec, 1));
    weights.put("bn1.num_batches_tracked", Tensor.of(Shape.of(), 7));
    BcosNetwork.of(spec, weights, 1).close();
  }

  @Test
  void itsHashIsThatOfNamesShapesAndValues() {
    BcosSpec spec = Networks.small();
    String one = hash(spec, Networks.weights(spec, 1));
    assertEquals(one, hash(spec, Networks.weights(spec, 1)));
    assertFalse(one.equals(hash(spec, Networks.weights(spec, 2))));
    assertTrue(one.matches("[0-9a-f]{64}"));
  }

  private static String hash(BcosSpec spec, Map<String, Tensor> weights) {
    try (BcosNetwork network = BcosNetwork.of(spec, weights, 1)) {
      return network.cut("stem").info().sha256();
    }
  }

  @Test
  void aViewInExplanationModeClosesNothingAndDiesWithTheNetwork() {
    BcosSpec spec = Networks.small();
    BcosNetwork network = Networks.open(spec);
    Tensor x = pictures(spec, 1);
    DynamicLinearModel model = network.cut("layer1");
    DifferentiableSplitModel view = model.explanation();
    view.close();
    assertEquals(4, model.logits(x).shape().dim(1));
    network.close();
    assertThrows(IllegalStateException.class, () -> view.logits(x));
    assertThrows(IllegalStateException.class, () -> network.cut("layer1"));
  }

  @Test
  void threeChannelsAreSixWithTheirInverse() {
    BcosSpec spec = Networks.small();
    Tensor six = pictures(spec, 2);
    int half = 3 * 64;
    float[] colours = new float[2 * half];
    six.copyTo(0, colours, 0, half);
    six.copyTo(2 * half, colours, half, half);
    Tensor three = Tensor.wrap(Shape.of(2, 3, 8, 8), colours);
    try (ThreeChannels model = new ThreeChannels(Networks.open(spec).cut("layer1"))) {
      assertFalse(model.completeAtInput());
      assertEquals(Shape.of(3, 8, 8), model.inputShape());
      try (BcosNetwork network = Networks.open(spec)) {
        DynamicLinearModel inside = network.cut("layer1");
        assertArrayEquals(inside.logits(six).toArray(), model.logits(three).toArray(), 1e-6f);
        for (boolean explain : new boolean[] {false, true}) {
          DifferentiableSplitModel outer = explain ? model.explanation() : model;
          DifferentiableSplitModel inner = explain ? inside.explanation() : inside;
          Tensor w = inner.pullLogits(six, y -> seed(y), RectifierRule.EXACT).gradients();
          Tensor found = outer.pullLogits(three, y -> seed(y), RectifierRule.EXACT).gradients();
          for (int i = 0; i < 2; i++) {
            for (int j = 0; j < half; j++) {
              float expected = w.get(2 * i * half + j) - w.get((2 * i + 1) * half + j);
              assertEquals(expected, found.get(i * half + j), 1e-6);
            }
          }
        }
      }
      assertThrows(IllegalArgumentException.class, () -> model.logits(six));
      assertThrows(IllegalArgumentException.class, () -> new ThreeChannels(model));
    }
  }

  /** Pictures of one pixel. */
  private record Pixels(List<float[]> colours) implements Examples {
    @Override
    public int size() {
      return colours.size();
    }

    @Override
    public Shape shape() {
      return Shape.of(3, 1, 1);
    }

    @Override
    public String name(int index) {
      return "pixel " + index;
    }

    @Override
    public void read(int index, FloatBuffer target) {
      target.put(colours.get(index));
    }
  }

  @Test
  void inverseExamplesAppendOneMinusEachColour() {
    InverseExamples six =
        new InverseExamples(
            new Pixels(List.of(new float[] {0, 0.25f, 1}, new float[] {0.5f, -2, 0})));
    assertEquals(Shape.of(6, 1, 1), six.shape());
    assertEquals("pixel 1", six.name(1));
    assertArrayEquals(new float[] {0, 0.25f, 1, 1, 0.75f, 0}, six.batch(0, 1).toArray());
    String message =
        assertThrows(IllegalArgumentException.class, () -> six.batch(1, 2)).getMessage();
    assertEquals("pixel 1: a B-cos network takes values from 0 to 1, found -2.0", message);
    assertThrows(IllegalArgumentException.class, () -> new InverseExamples(six));
  }

  @Test
  void architecturesThatCannotBeAreRefused() {
    BcosSpec spec = Networks.small();
    ResNetSpec body = Objects.requireNonNull(spec.resNet());
    assertThrows(IllegalArgumentException.class, () -> spec.withB(0.9));
    assertThrows(IllegalArgumentException.class, () -> spec.withMaxOut(0));
    assertThrows(IllegalArgumentException.class, () -> spec.withLogits(0, 0));
    assertThrows(IllegalArgumentException.class, () -> BcosSpec.of(body, 0, 8, 4));
    assertThrows(IllegalArgumentException.class, () -> BcosSpec.of(body, 8, 8, 1));
    assertThrows(IllegalArgumentException.class, () -> new ResNetSpec.Stage(1, 0, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ResNetSpec(8, 4, 1, false, ResNetSpec.Block.BASIC, body.stages()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ResNetSpec(8, 3, 1, false, ResNetSpec.Block.BASIC, List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ResNetSpec(8, 3, 1, false, ResNetSpec.Block.BASIC, body.stages(), 2, 64));
  }
}
