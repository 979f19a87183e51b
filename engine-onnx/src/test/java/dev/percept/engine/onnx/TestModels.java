package dev.percept.engine.onnx;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.Value;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Small networks with random weights, written with our own writer. */
final class TestModels {
  static final int CLASSES = 5;

  private final RandomGenerator random = Run.of(3).random("weights");
  private final OnnxBuilder builder;
  private final int batch;

  private TestModels(int opset, int batch) {
    this.builder = new OnnxBuilder(opset);
    this.batch = batch;
  }

  /** A residual network, 3 x 24 x 24 to 5 logits; {@code features} is its last ReLU. */
  static Path residual(Path file, int opset, int batch, boolean softmax) {
    TestModels m = new TestModels(opset, batch);
    Value logits = m.residual();
    if (softmax) {
      logits.softmax("probabilities", 1).identity("output").output();
    } else {
      logits.output(CLASSES);
    }
    m.builder.writeTo(file);
    return file;
  }

  /** The same without any non-negative values: SiLU in place of ReLU. */
  static Path signed(Path file) {
    TestModels m = new TestModels(17, OnnxBuilder.DYNAMIC);
    Value x = m.input(3, 24, 24);
    x = m.conv(x, "a", 3, 8, 2);
    x = x.mul("a.silu", x.sigmoid("a.sigmoid"));
    x = m.conv(x, "b", 8, 12, 2);
    x = x.mul("features", x.sigmoid("b.sigmoid"));
    m.head(x, 12).output(CLASSES);
    m.builder.writeTo(file);
    return file;
  }

  /** Pictures with their channels last, as TensorFlow keeps them. */
  static Path channelsLast(Path file) {
    TestModels m = new TestModels(13, OnnxBuilder.DYNAMIC);
    Value x = m.builder.input("input", OnnxBuilder.DYNAMIC, 24, 20, 3);
    x = x.transpose("first", 0, 3, 1, 2);
    x = m.conv(x, "conv", 3, 6, 2).relu("relu");
    x = x.transpose("features", 0, 2, 3, 1);
    x = x.reduceMean("mean", false, 1, 2);
    x.gemm("logits", m.weights(CLASSES, 6), null).output(CLASSES);
    m.builder.writeTo(file);
    return file;
  }

  /** Tokens n x T x p behind a convolution, mixed by an attention-like product. */
  static Path tokens(Path file) {
    TestModels m = new TestModels(17, OnnxBuilder.DYNAMIC);
    Value x = m.input(3, 24, 24);
    x = m.conv(x, "patches", 3, 8, 8).reshape("flat", 0, 8, 9).transpose("tokens", 0, 2, 1);
    Value mixed =
        x.matMul("scores", x.transpose("keys", 0, 2, 1)).softmax("attention", 2).matMul("mix", x);
    x = x.add("sum", mixed).relu("features");
    x = x.reduceMean("mean", false, 1);
    x.gemm("logits", m.weights(CLASSES, 8), null).output(CLASSES);
    m.builder.writeTo(file);
    return file;
  }

  private Value residual() {
    Value x = input(3, 24, 24);
    x = conv(x, "stem", 3, 8, 2).relu("stem.relu");
    Value y = conv(x, "one.a", 8, 8, 1).relu("one.a.relu");
    y = conv(y, "one.b", 8, 8, 1);
    x = x.add("one.sum", y).relu("one");
    x = x.maxPool("pool", 2, 2, 0);
    y =
        conv(x, "two.a", 8, 16, 1)
            .batchNormalization("two.norm", ones(16), weights(16), weights(16), ones(16), 1e-5f);
    Value shortcut = x.conv("two.short", weights(16, 8, 1, 1), null, 1, 0);
    x = y.add("two.sum", shortcut).relu("features");
    return head(x, 16);
  }

  private Value head(Value x, int channels) {
    return x.globalAveragePool("gap")
        .flatten("flat")
        .gemm("hidden", weights(channels, channels), weights(channels))
        .sigmoid("squashed")
        .gemm("logits", weights(CLASSES, channels), weights(CLASSES));
  }

  private Value input(int... dims) {
    return builder.input("input", batch, dims[0], dims[1], dims[2]);
  }

  private Value conv(Value x, String name, int in, int out, int stride) {
    return x.conv(name, weights(out, in, 3, 3), weights(out), stride, 1);
  }

  private Tensor weights(int... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[shape.size()];
    double scale = 1.7 / Math.sqrt(Math.max(1, shape.size() / dims[0]));
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return Tensor.wrap(shape, values);
  }

  private static Tensor ones(int n) {
    float[] values = new float[n];
    Arrays.fill(values, 1);
    return Tensor.wrap(Shape.of(n), values);
  }
}
