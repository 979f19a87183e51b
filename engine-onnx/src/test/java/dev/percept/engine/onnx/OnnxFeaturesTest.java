package dev.percept.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Activations;
import dev.percept.core.Grid;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.Backbone.Pool;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.OnnxModel;
import dev.percept.onnx.TokenModels;
import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features of frozen networks, and the models that are written with a classifier on them. */
class OnnxFeaturesTest {
  private static final int CLASSES = 3;

  /** Kernels of pooling add in another order: some 1e-6 of values of size 1. */
  private static final double ROUNDING = 1e-5;

  @TempDir static Path folder;

  private static Tensor random(Shape shape, String purpose) {
    RandomGenerator random = Run.of(5).random(purpose);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.wrap(shape, values);
  }

  private static OnnxFeatures open(Path file, @Nullable String tensor, @Nullable Pool pool) {
    return OnnxFeatures.open(file, tensor, pool, EngineOptions.DEFAULT);
  }

  /** Means and tokens worked out from the activations of the cut at the same tensor. */
  private static void check(Path file, String tensor, @Nullable Pool pool, Pool expected) {
    try (OnnxFeatures features = open(file, tensor, pool);
        OnnxSplitModel cut = OnnxEngine.open(file, tensor, EngineOptions.DEFAULT)) {
      assertEquals(expected, features.backbone().pooling());
      Tensor inputs = random(features.inputShape().batch(5), "inputs");
      Tensor a = cut.activations(inputs).values();
      Grid grid = cut.grid();
      int p = cut.features();
      Tensor found = features.of(inputs);
      assertEquals(Shape.of(5, features.backbone().size()), found.shape());
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < p; j++) {
          double mean = 0;
          for (int l = 0; l < grid.places(); l++) {
            mean += a.get((i * grid.size() + grid.location(l)) * p + j) / (double) grid.places();
          }
          double token = a.get(i * grid.size() * p + j);
          switch (expected) {
            case NONE, MEAN -> assertEquals(mean, found.get(i, j), ROUNDING);
            case CLASS -> assertEquals(token, found.get(i, j), ROUNDING);
            case BOTH -> {
              assertEquals(token, found.get(i, j), ROUNDING);
              assertEquals(mean, found.get(i, p + j), ROUNDING);
            }
          }
        }
      }
      Tensor places = grid.ofPlaces(a);
      Activations map = features.map(inputs);
      assertEquals(grid.ofPlaces(), map.grid());
      assertEquals(places.shape(), map.values().shape());
      for (int i = 0; i < places.shape().size(); i++) {
        assertEquals(places.get(i), map.values().get(i), ROUNDING);
      }
      written(features, inputs, found);
    }
  }

  /** The model that is written gives W x + b, and can be cut as the original. */
  private static void written(OnnxFeatures features, Tensor inputs, Tensor x) {
    int p = features.backbone().size();
    Tensor weights = random(Shape.of(CLASSES, p), "weights");
    Tensor bias = random(Shape.of(CLASSES), "bias");
    Path file = folder.resolve("headed.onnx");
    OnnxBuilder.write(
        features.backbone().withHead(weights, bias, Map.of("percept.labels", "a\nb\nc")), file);
    try (OnnxSplitModel model = OnnxEngine.open(file)) {
      assertEquals("logits", model.cuts().logits().tensor());
      Tensor logits = model.logits(inputs);
      for (int i = 0; i < inputs.rows(); i++) {
        for (int c = 0; c < CLASSES; c++) {
          double sum = bias.get(c);
          for (int j = 0; j < p; j++) {
            sum += (double) weights.get(c, j) * x.get(i, j);
          }
          assertEquals(sum, logits.get(i, c), 10 * ROUNDING);
        }
      }
      assertTrue(model.check(inputs).passed());
      assertEquals("a\nb\nc", OnnxModel.read(file).metadata().get("percept.labels"));
    }
  }

  @Test
  void mapsArePooledByTheirMean() {
    Path file = TestModels.residual(folder.resolve("map.onnx"), 17, OnnxBuilder.DYNAMIC, false);
    check(file, "features", null, Pool.MEAN);
    check(file, "flat", null, Pool.NONE);
    check(
        TestModels.residual(folder.resolve("old.onnx"), 9, OnnxBuilder.DYNAMIC, true),
        "features",
        Pool.MEAN,
        Pool.MEAN);
  }

  @Test
  void aBatchThatTheFileFixesIsFilled() {
    Path file = TestModels.residual(folder.resolve("fixed.onnx"), 17, 4, false);
    check(file, "features", null, Pool.MEAN);
  }

  @Test
  void tokensArePooledAsAsked() {
    Path file = TokenModels.dino(folder.resolve("dino.onnx"), 4);
    check(file, "norm", null, Pool.BOTH);
    check(file, "norm", Pool.BOTH, Pool.BOTH);
    check(file, "norm", Pool.CLASS, Pool.CLASS);
    check(file, "norm", Pool.MEAN, Pool.MEAN);
    check(TokenModels.averaged(folder.resolve("mean.onnx")), "norm", null, Pool.MEAN);
  }

  @Test
  void channelsMayBeLast() {
    check(TestModels.channelsLast(folder.resolve("last.onnx")), "features", null, Pool.MEAN);
  }

  @Test
  void theOnlyOutputHoldsTheFeatures() {
    Path file = TokenModels.averaged(folder.resolve("only.onnx"));
    try (OnnxFeatures features = open(file, null, null)) {
      assertEquals("logits", features.backbone().tensor());
      assertEquals(Pool.NONE, features.backbone().pooling());
      // Its name is taken, so the new output has another.
      assertFalse(
          features
              .backbone()
              .withHead(Tensor.zeros(Shape.of(2, 5)), Tensor.zeros(Shape.of(2)), Map.of())
              .getGraph()
              .getOutput(0)
              .getName()
              .equals("logits"));
    }
  }

  @Test
  void whatIsUnclearIsRefused() {
    Path vit = TokenModels.vit(folder.resolve("vit.onnx"));
    refused("no tensor 'nrom' that depends on the input", vit, "nrom", null);
    refused("nearest: norm", vit, "nrom", null);
    Path mobile = TokenModels.mobile(folder.resolve("mobile.onnx"));
    refused("has the shape 4N x 16 x 8", mobile, "folded", null);
    Path mean = TokenModels.averaged(folder.resolve("mean.onnx"));
    refused("has no class token", mean, "norm", Pool.CLASS);
    refused("has one location", mean, "mean", Pool.MEAN);
    OnnxBuilder b = new OnnxBuilder(17);
    b.input("x", OnnxBuilder.DYNAMIC, 3, 8, 8).relu("one").output(3, 8, 8);
    Path two = folder.resolve("two.onnx");
    b.writeTo(two);
    OnnxBuilder c = new OnnxBuilder(17);
    var x = c.input("x", OnnxBuilder.DYNAMIC, 3, 8, 8);
    x.relu("one").output(3, 8, 8);
    x.sigmoid("other").output(3, 8, 8);
    c.writeTo(two);
    refused("has several outputs ('one' N x 3 x 8 x 8, 'other' N x 3 x 8 x 8)", two, null, null);
    refused("--output", two, null, null);
  }

  private static void refused(
      String words, Path file, @Nullable String tensor, @Nullable Pool pool) {
    String message =
        String.valueOf(
            assertThrows(PerceptException.class, () -> open(file, tensor, pool)).getMessage());
    assertTrue(message.contains(words), message);
  }

  @Test
  void afterClosingNothingIsComputed() {
    OnnxFeatures features = open(TokenModels.averaged(folder.resolve("closed.onnx")), null, null);
    Tensor inputs = random(features.inputShape().batch(1), "inputs");
    features.of(inputs);
    features.close();
    assertThrows(IllegalStateException.class, () -> features.of(inputs));
    assertThrows(
        IllegalArgumentException.class, () -> features.of(Tensor.zeros(Shape.of(1, 3, 4, 4))));
  }
}
