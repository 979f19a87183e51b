package dev.percept.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.proto.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomisedWeightsTest {
  private static final Run RUN = Run.of(3);

  @TempDir Path folder;

  private static Tensor normal(long seed, int... dims) {
    Random random = new Random(seed);
    float[] values = new float[Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.wrap(Shape.of(dims), values);
  }

  private static Tensor positive(int n) {
    float[] values = new float[n];
    Arrays.setAll(new double[n], i -> values[i] = 0.01f + i);
    return Tensor.wrap(Shape.of(n), values);
  }

  /** Convolution, batch normalisation, ReLU, pool, MatMul with Add, Gemm. */
  private OnnxModel model() {
    Path file = folder.resolve("model.onnx");
    OnnxBuilder b = new OnnxBuilder(17);
    Value x =
        b.input("x", OnnxBuilder.DYNAMIC, 3, 8, 8)
            .conv("conv", normal(1, 16, 3, 3, 3), normal(2, 16), 1, 1)
            .batchNormalization(
                "norm", normal(3, 16), normal(4, 16), normal(5, 16), positive(16), 1e-5f)
            .relu("relu")
            .globalAveragePool("pool")
            .flatten("flat");
    x.matMul("product", b.constant("matrix", normal(6, 16, 2000)))
        .add("shifted", b.constant("shift", normal(7, 2000)))
        .gemm("logits", normal(8, 4, 2000), Tensors.all(0, 4))
        .output(4);
    b.writeTo(file);
    return OnnxModel.read(file);
  }

  private static float[] weight(OnnxModel model, String name) {
    TensorProto t = model.graph().initializers().get(name);
    assertTrue(t != null, name + " among " + model.graph().initializers().keySet());
    float[] values = new float[(int) TensorData.count(t)];
    model.weight(t).asFloatBuffer().get(values);
    return values;
  }

  private OnnxModel copy(RandomisedWeights weights, String file, List<String> layers, Run run) {
    weights.write(layers, run, folder.resolve(file));
    return OnnxModel.read(folder.resolve(file));
  }

  @Test
  void layersAreInOrderAndOwnWhatFollowsThem() {
    Map<String, List<String>> layers = WeightLayers.of(model().graph());
    assertEquals(List.of("conv", "product", "logits"), List.copyOf(layers.keySet()));
    assertEquals(6, layers.getOrDefault("conv", List.of()).size());
    assertEquals(List.of("matrix", "shift"), layers.get("product"));
  }

  @Test
  void onlyChosenLayersChangeAndKeepTheirValues() {
    OnnxModel model = model();
    RandomisedWeights weights = RandomisedWeights.of(model);
    OnnxModel copy = copy(weights, "copy.onnx", List.of("product"), RUN);
    for (String name : model.graph().initializers().keySet()) {
      float[] before = weight(model, name);
      float[] after = weight(copy, name);
      boolean chosen = name.equals("matrix") || name.equals("shift");
      assertEquals(!chosen, Arrays.equals(before, after), name);
      Arrays.sort(before);
      Arrays.sort(after);
      assertArrayEquals(before, after, name);
    }
  }

  @Test
  void variancesStayPositive() {
    OnnxModel model = model();
    RandomisedWeights weights = RandomisedWeights.of(model);
    OnnxModel copy = copy(weights, "copy.onnx", weights.layers(), RUN);
    int changed = 0;
    for (String name : WeightLayers.of(model.graph()).getOrDefault("conv", List.of())) {
      float[] after = weight(copy, name);
      changed += Arrays.equals(weight(model, name), after) ? 0 : 1;
      if (weight(model, name)[0] == 0.01f) {
        for (float v : after) {
          assertTrue(v > 0);
        }
      }
    }
    assertEquals(6, changed);
  }

  @Test
  void valuesNoLongerStandWhereTheyDid() {
    OnnxModel model = model();
    RandomisedWeights weights = RandomisedWeights.of(model);
    float[] before = weight(model, "matrix");
    float[] after = weight(copy(weights, "copy.onnx", weights.layers(), RUN), "matrix");
    double same = 0;
    double product = 0;
    for (int i = 0; i < before.length; i++) {
      same += before[i] == after[i] ? 1 : 0;
      product += before[i] * after[i] / before.length;
    }
    // A random permutation has one fixed point on average; 32,000 products have an error of .0056.
    assertTrue(same < 10);
    assertEquals(0, product, 0.025);
  }

  @Test
  void aCascadeSharesItsDrawsAndTheSeedChangesThem() {
    RandomisedWeights weights = RandomisedWeights.of(model());
    OnnxModel last = copy(weights, "a.onnx", List.of("logits"), RUN);
    OnnxModel all = copy(weights, "b.onnx", weights.layers(), RUN);
    OnnxModel other = copy(weights, "c.onnx", weights.layers(), Run.of(4));
    String name = WeightLayers.of(all.graph()).getOrDefault("logits", List.of()).get(0);
    assertArrayEquals(weight(last, name), weight(all, name));
    assertFalse(Arrays.equals(weight(other, name), weight(all, name)));
  }

  @Test
  void sameSeedSameBytes() throws IOException {
    RandomisedWeights weights = RandomisedWeights.of(model());
    weights.write(weights.layers(), RUN, folder.resolve("a.onnx"));
    weights.write(weights.layers(), RUN.withThreads(1), folder.resolve("b.onnx"));
    assertEquals(-1, Files.mismatch(folder.resolve("a.onnx"), folder.resolve("b.onnx")));
    // The large matrix lies aside when read, and is whole in the copy.
    assertTrue(Files.size(folder.resolve("a.onnx")) > 4 * 16 * 2000);
  }

  @Test
  void noLayerChosenIsTheModelItself() {
    OnnxModel model = model();
    OnnxModel copy = copy(RandomisedWeights.of(model), "copy.onnx", List.of(), RUN);
    for (String name : model.graph().initializers().keySet()) {
      assertArrayEquals(weight(model, name), weight(copy, name), name);
    }
  }

  @Test
  void transposedWeightsAndConstantsAreFound() {
    Path file = folder.resolve("constant.onnx");
    OnnxBuilder b = new OnnxBuilder(17);
    Value matrix = b.op("Constant", "stored", Map.of("value", TensorData.of("", normal(1, 5, 3))));
    b.input("x", OnnxBuilder.DYNAMIC, 3)
        .matMul("logits", matrix.transpose("turned", 1, 0))
        .output(5);
    b.writeTo(file);
    OnnxModel model = OnnxModel.read(file);
    RandomisedWeights weights = RandomisedWeights.of(model);
    OnnxModel copy = copy(weights, "copy.onnx", weights.layers(), RUN);
    float[] before = TensorData.floats(constant(model));
    float[] after = TensorData.floats(constant(copy));
    assertFalse(Arrays.equals(before, after));
    Arrays.sort(before);
    Arrays.sort(after);
    assertArrayEquals(before, after);
  }

  private static TensorProto constant(OnnxModel model) {
    TensorProto t = model.graph().constant("stored");
    assertTrue(t != null);
    return t == null ? TensorProto.getDefaultInstance() : t;
  }

  @Test
  void unfitModelsAndLayersAreRefused() {
    RandomisedWeights weights = RandomisedWeights.of(model());
    assertThrows(
        IllegalArgumentException.class,
        () -> weights.write(List.of("nowhere"), RUN, folder.resolve("copy.onnx")));
    assertFalse(Files.exists(folder.resolve("copy.onnx")));
    Path file = folder.resolve("none.onnx");
    OnnxBuilder b = new OnnxBuilder(17);
    b.input("x", OnnxBuilder.DYNAMIC, 3).relu("y").output(3);
    b.writeTo(file);
    OnnxModel none = OnnxModel.read(file);
    String sentence =
        String.valueOf(
            assertThrows(PerceptException.class, () -> RandomisedWeights.of(none)).getMessage());
    assertTrue(sentence.startsWith("none.onnx has no layer with floating-point weights"));
  }
}
