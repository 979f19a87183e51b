package dev.percept.benchmarks;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.ElementType;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.TensorData;
import dev.percept.onnx.Value;
import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * An encoder of texts with the shape and the cost of DistilBERT (Sanh et al., 2019; six blocks of
 * width 768, 12 heads, 30,522 tokens, 512 positions) or a smaller one, and random weights, written
 * as exporters write it: attention as products and a softmax, Gelu by erf, the first token read by
 * a layer with ReLU. Takes {@code input_ids} and {@code attention_mask}, int64, n x tokens.
 */
final class RandomBert {
  static final int WORDS = 30_522;
  static final int POSITIONS = 512;
  static final int CLASSES = 22;

  private final OnnxBuilder b = new OnnxBuilder(17).metadata("weights", "random, for benchmarks");
  private final RandomGenerator random;
  private final int width;
  private final int heads;

  private RandomBert(int width, int heads, long seed) {
    this.width = width;
    this.heads = heads;
    this.random = Run.of(seed).random("benchmarks.bert");
  }

  /** Writes the model: {@code logits} are n x 22. */
  static void write(Path file, int layers, int width, int heads, long seed) {
    RandomBert bert = new RandomBert(width, heads, seed);
    OnnxBuilder b = bert.b;
    Value ids = b.input("input_ids", ElementType.INT64, OnnxBuilder.DYNAMIC, OnnxBuilder.DYNAMIC);
    Value mask =
        b.input("attention_mask", ElementType.INT64, OnnxBuilder.DYNAMIC, OnnxBuilder.DYNAMIC);
    Value x = bert.embedded(ids);
    Value bias =
        b.op(
                "Sub",
                "mask.inverse",
                Map.of(),
                bert.scalar("mask.one", 1),
                mask.op("Cast", "mask.float", Map.of("to", 1L))
                    .op("Unsqueeze", "mask.wide", Map.of(), b.constant("mask.axes", 1, 2)))
            .mul("mask.bias", bert.scalar("mask.lowest", -Float.MAX_VALUE));
    for (int i = 0; i < layers; i++) {
      x = bert.block(x, "layer." + i, bias);
    }
    x.op("Gather", "first", Map.of("axis", 1L), b.constant(TensorData.scalar("zero", 0L)))
        .gemm("pre_classifier", bert.normal(0.03, width, width), bert.normal(0.02, width))
        .relu("relu")
        .gemm("logits", bert.normal(0.03, CLASSES, width), bert.normal(0.02, CLASSES))
        .output(CLASSES);
    b.writeTo(file);
  }

  private Value embedded(Value ids) {
    Value words =
        b.constant("words", normal(0.5, WORDS, width)).op("Gather", "embedded", Map.of(), ids);
    Value length =
        ids.op("Shape", "size", Map.of())
            .op("Slice", "length", Map.of(), b.constant("one", 1), b.constant("two", 2));
    Value places =
        b.constant("positions", normal(0.1, POSITIONS, width))
            .op("Slice", "places", Map.of(), b.constant("from", 0), length);
    return norm(words.add("placed", places), "embedding.norm");
  }

  private Value block(Value x, String name, Value bias) {
    Value q = split(dense(x, name + ".q", width, width), name + ".qh", 0, 2, 1, 3);
    Value k = split(dense(x, name + ".k", width, width), name + ".kh", 0, 2, 3, 1);
    Value v = split(dense(x, name + ".v", width, width), name + ".vh", 0, 2, 1, 3);
    Value root = scalar(name + ".root", (float) Math.sqrt((double) width / heads));
    Value y =
        q.op("Div", name + ".scaled", Map.of(), root)
            .matMul(name + ".scores", k)
            .add(name + ".masked", bias)
            .softmax(name + ".attention", -1)
            .matMul(name + ".mix", v)
            .transpose(name + ".back", 0, 2, 1, 3)
            .reshape(name + ".merged", 0, -1, width);
    x = norm(x.add(name + ".sum1", dense(y, name + ".out", width, width)), name + ".norm1");
    y = dense(x, name + ".up", width, 4 * width);
    Value bell =
        y.op("Div", name + ".in", Map.of(), scalar(name + ".root2", (float) Math.sqrt(2)))
            .op("Erf", name + ".erf", Map.of())
            .add(name + ".plus", scalar(name + ".one", 1));
    y = y.mul(name + ".whole", bell).mul(name + ".gelu", scalar(name + ".half", 0.5f));
    return norm(x.add(name + ".sum2", dense(y, name + ".down", 4 * width, width)), name + ".norm2");
  }

  private Value split(Value x, String name, int... order) {
    return x.reshape(name + ".heads", 0, -1, heads, width / heads).transpose(name, order);
  }

  private Value dense(Value x, String name, int in, int out) {
    Value product =
        x.matMul(name + ".product", b.constant(name + ".w", normal(1 / Math.sqrt(in), in, out)));
    return product.add(name, b.constant(name + ".b", normal(0.02, out)));
  }

  private Value norm(Value x, String name) {
    return x.op(
        "LayerNormalization",
        name,
        Map.of("axis", -1L, "epsilon", 1e-12f),
        b.constant(name + ".g", normal(1, width)),
        b.constant(name + ".b", normal(0.02, width)));
  }

  private Value scalar(String name, float value) {
    return b.constant(TensorData.scalar(name, value));
  }

  private Tensor normal(double deviation, int... dims) {
    float[] values = new float[Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return Tensor.wrap(Shape.of(dims), values);
  }
}
