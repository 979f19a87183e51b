package dev.percept.engine.onnx;

import com.google.protobuf.ByteString;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.ElementType;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.Value;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.TensorProto;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

  /** The head asks for sizes of the input; the batch is folded into another axis in between. */
  static Path sizesAcrossTheCut(Path file) {
    TestModels m = new TestModels(17, OnnxBuilder.DYNAMIC);
    OnnxBuilder b = m.builder;
    Value x = m.input(3, 24, 24);
    Value size = x.op("Shape", "size", Map.of());
    Value n = size.op("Gather", "n", Map.of("axis", 0), b.constant("zero", 0));
    Value y = m.conv(x, "conv", 3, 8, 2).relu("features").globalAveragePool("gap");
    Value to = n.op("Concat", "to", Map.of("axis", 0), b.constant("rest", -1));
    y = y.op("Reshape", "flat", Map.of(), to);
    Value four =
        n.mul("half", b.constant("two", 2))
            .op("Concat", "folding", Map.of("axis", 0), b.constant("four", 4));
    y =
        y.op("Reshape", "folded", Map.of(), four)
            .relu("folded.relu")
            .op("Reshape", "unfolded", Map.of(), to);
    y.gemm("logits", m.weights(CLASSES, 8), null).output(CLASSES);
    b.writeTo(file);
    return file;
  }

  /** Einsum, whose shape does not follow from our rules, on the way. */
  static Path unknownShapes(Path file) {
    TestModels m = new TestModels(17, OnnxBuilder.DYNAMIC);
    Value x = m.conv(m.input(3, 24, 24), "conv", 3, 8, 2);
    Value w = m.builder.constant("mix", m.weights(6, 8));
    x = x.op("Einsum", "mixed", Map.of("equation", "nchw,dc->ndhw"), w).relu("features");
    m.head(x, 6).output(CLASSES);
    m.builder.writeTo(file);
    return file;
  }

  /** A picture of any size. */
  static Path anySize(Path file) {
    TestModels m = new TestModels(17, OnnxBuilder.DYNAMIC);
    m.head(m.conv(m.input(3, -1, -1), "conv", 3, 8, 2).relu("features"), 8).output(CLASSES);
    m.builder.writeTo(file);
    return file;
  }

  /** A network in half precision, input and weights. */
  static Path half(Path file) {
    OnnxBuilder b = new OnnxBuilder(17);
    Value x = b.input("input", ElementType.FLOAT16, OnnxBuilder.DYNAMIC, 2, 4, 4);
    byte[] ones = {0, 0x3c, 0, (byte) 0xbc, 0, 0x40, 0, 0x3c};
    TensorProto weight =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(ElementType.FLOAT16.code())
            .addAllDims(List.of(2L, 2L, 1L, 1L))
            .setRawData(ByteString.copyFrom(ones))
            .build();
    x = x.op("Conv", "conv", Map.of(), b.constant(weight)).relu("features");
    x.globalAveragePool("gap").flatten("logits").output();
    ModelProto.Builder model = b.build().toBuilder();
    model.getGraphBuilder().getOutputBuilder(0).clearType();
    OnnxBuilder.write(model.build(), file);
    return file;
  }

  /**
   * A network whose weights are kept in half precision and cast when they are used; or that
   * computes in half precision between casts of its input and its output.
   */
  static Path castHalf(Path file, boolean computes) {
    OnnxBuilder b = new OnnxBuilder(17);
    Value x = b.input("input", OnnxBuilder.DYNAMIC, 2, 4, 4);
    byte[] ones = {0, 0x3c, 0, (byte) 0xbc, 0, 0x40, 0, 0x3c};
    Value weight =
        b.constant(
            TensorProto.newBuilder()
                .setName("w")
                .setDataType(ElementType.FLOAT16.code())
                .addAllDims(List.of(2L, 2L, 1L, 1L))
                .setRawData(ByteString.copyFrom(ones))
                .build());
    Map<String, Integer> half = Map.of("to", ElementType.FLOAT16.code());
    Map<String, Integer> single = Map.of("to", ElementType.FLOAT.code());
    if (computes) {
      x = x.op("Cast", "input.half", half);
    } else {
      weight = weight.op("Cast", "w.single", single);
    }
    x = x.op("Conv", "conv", Map.of(), weight).relu("features");
    x = x.globalAveragePool("gap").flatten("flat");
    if (computes) {
      x = x.op("Cast", "flat.single", single);
    }
    x.identity("logits").output(2);
    b.writeTo(file);
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
