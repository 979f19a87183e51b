package dev.percept.benchmarks;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.TensorData;
import dev.percept.onnx.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A network with the shape and the cost of ViT-S/16 (Dosovitskiy et al., ICLR 2021; width 384, 12
 * blocks, 6 heads, 197 tokens) and random weights, written as exporters write it: attention as
 * products and a softmax, Gelu by erf. The weights are kept by name, for a second engine.
 */
final class RandomVit {
  static final int WIDTH = 384;
  static final int BLOCKS = 12;
  static final int HEADS = 6;
  static final int SIDE = 224;
  static final int PATCH = 16;
  static final int CLASSES = 1000;
  static final int PLACES = (SIDE / PATCH) * (SIDE / PATCH);
  static final float EPSILON = 1e-6f;

  private final Map<String, Tensor> weights = new LinkedHashMap<>();

  RandomVit(long seed) {
    RandomGenerator random = Run.of(seed).random("benchmarks.vit");
    put(random, "patch.w", 0.02, WIDTH, 3, PATCH, PATCH);
    put(random, "patch.b", 0.02, WIDTH);
    put(random, "class", 0.02, 1, 1, WIDTH);
    put(random, "positions", 0.02, 1, PLACES + 1, WIDTH);
    for (int i = 0; i < BLOCKS; i++) {
      String b = "b" + i;
      norm(random, b + ".n1");
      dense(random, b + ".qkv", WIDTH, 3 * WIDTH);
      dense(random, b + ".proj", WIDTH, WIDTH);
      norm(random, b + ".n2");
      dense(random, b + ".up", WIDTH, 4 * WIDTH);
      dense(random, b + ".down", 4 * WIDTH, WIDTH);
    }
    norm(random, "norm");
    put(random, "head.w", 1 / Math.sqrt(WIDTH), CLASSES, WIDTH);
    put(random, "head.b", 0.02, CLASSES);
  }

  /** Weights by name; those of dense layers are in x out. */
  Map<String, Tensor> weights() {
    return weights;
  }

  private void put(RandomGenerator random, String name, double deviation, int... dims) {
    float[] values = new float[Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    weights.put(name, Tensor.wrap(Shape.of(dims), values));
  }

  private void dense(RandomGenerator random, String name, int in, int out) {
    put(random, name + ".w", 1 / Math.sqrt(in), in, out);
    put(random, name + ".b", 0.02, out);
  }

  private void norm(RandomGenerator random, String name) {
    put(random, name + ".g", 1, WIDTH);
    put(random, name + ".b", 0.02, WIDTH);
  }

  /** Writes the model: {@code input} N x 3 x 224 x 224, {@code logits} N x 1000. */
  void write(Path file) {
    OnnxBuilder b = new OnnxBuilder(17).metadata("weights", "random, for benchmarks");
    Map<String, Value> w = new LinkedHashMap<>();
    weights.forEach((name, values) -> w.put(name, b.constant(name, values)));
    Value picture = b.input("input", OnnxBuilder.DYNAMIC, 3, SIDE, SIDE);
    Value x =
        picture
            .op(
                "Conv",
                "patches",
                Map.of("strides", new long[] {PATCH, PATCH}),
                at(w, "patch.w"),
                at(w, "patch.b"))
            .reshape("flat", 0, WIDTH, PLACES)
            .transpose("sequence", 0, 2, 1);
    Value n =
        x.op("Shape", "shape", Map.of()).op("Gather", "n", Map.of("axis", 0), b.constant("0", 0));
    Value many = n.op("Concat", "many", Map.of("axis", 0), b.constant("rest", 1, WIDTH));
    x = at(w, "class").op("Expand", "first", Map.of(), many).concat("joined", 1, x);
    x = x.add("embedded", at(w, "positions"));
    for (int i = 0; i < BLOCKS; i++) {
      x = block(b, w, x, "b" + i);
    }
    norm(w, x, "norm")
        .op("Gather", "token", Map.of("axis", 1), b.constant(TensorData.scalar("zero", 0)))
        .op("Gemm", "logits", Map.of("transB", 1), at(w, "head.w"), at(w, "head.b"))
        .output(CLASSES)
        .writeTo(file);
  }

  private static Value block(OnnxBuilder b, Map<String, Value> w, Value x, String name) {
    Value y = dense(w, norm(w, x, name + ".n1"), name + ".qkv");
    y = y.reshape(name + ".heads", 0, -1, 3, HEADS, WIDTH / HEADS);
    y = y.transpose(name + ".apart", 2, 0, 3, 1, 4);
    Value[] qkv = new Value[3];
    for (int i = 0; i < 3; i++) {
      Value index = b.constant(TensorData.scalar(name + "." + i, i));
      qkv[i] = y.op("Gather", name + ".part" + i, Map.of("axis", 0), index);
    }
    float scale = (float) Math.sqrt((double) HEADS / WIDTH);
    y =
        qkv[0]
            .mul(name + ".scaled", b.constant(TensorData.scalar(name + ".scale", scale)))
            .matMul(name + ".scores", qkv[1].transpose(name + ".kt", 0, 1, 3, 2))
            .softmax(name + ".attention", -1)
            .matMul(name + ".mix", qkv[2])
            .transpose(name + ".back", 0, 2, 1, 3)
            .reshape(name + ".merged", 0, -1, WIDTH);
    x = x.add(name + ".sum", dense(w, y, name + ".proj"));
    y = dense(w, norm(w, x, name + ".n2"), name + ".up");
    Value bell =
        y.op("Div", name + ".in", Map.of(), scalar(b, name + ".root2", Math.sqrt(2)))
            .op("Erf", name + ".erf", Map.of())
            .add(name + ".plus", scalar(b, name + ".one", 1));
    y = y.mul(name + ".whole", bell).mul(name + ".gelu", scalar(b, name + ".half", 0.5));
    return x.add(name + ".out", dense(w, y, name + ".down"));
  }

  private static Value scalar(OnnxBuilder b, String name, double value) {
    return b.constant(TensorData.scalar(name, (float) value));
  }

  private static Value dense(Map<String, Value> w, Value x, String name) {
    return x.matMul(name + ".product", at(w, name + ".w")).add(name, at(w, name + ".b"));
  }

  private static Value norm(Map<String, Value> w, Value x, String name) {
    Map<String, Object> how = Map.of("axis", -1, "epsilon", EPSILON);
    return x.op("LayerNormalization", name, how, at(w, name + ".g"), at(w, name + ".b"));
  }

  private static Value at(Map<String, Value> w, String name) {
    return java.util.Objects.requireNonNull(w.get(name), name);
  }
}
