package dev.percept.engine.torch;

import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.Value;
import java.nio.file.Path;
import java.util.Map;

/** Small convolutional networks that differ in what can go wrong. */
final class Networks {
  private static final int OPEN = OnnxBuilder.DYNAMIC;

  private Networks() {}

  /** A residual network as ResNet's, 3 x 24 x 24 to 5 logits; {@code features} is its last ReLU. */
  static Path residual(Path file, int opset, int batch, boolean softmax) {
    Weights m = new Weights(opset);
    Value x = m.conv(m.input(batch, 3, 24, 24), "stem", 3, 8, 2).relu("stem.relu");
    Value y = m.conv(x, "one.a", 8, 8, 1).relu("one.a.relu");
    x = x.add("one.sum", m.conv(y, "one.b", 8, 8, 1)).relu("one").maxPool("pool", 3, 2, 1);
    y =
        m.conv(x, "two.a", 8, 16, 1)
            .batchNormalization(
                "two.norm",
                Weights.filled(1, 16),
                m.weights(16),
                m.weights(16),
                Weights.filled(1, 16),
                1e-5f);
    Value shortcut = x.conv("two.short", m.weights(16, 8, 1, 1), null, 1, 0);
    Value logits = m.head(y.add("two.sum", shortcut).relu("features"), 16);
    if (softmax) {
      logits.softmax("probabilities", 1).identity("output").output();
      m.builder.writeTo(file);
      return file;
    }
    return m.write(logits, file);
  }

  /** Depthwise convolutions and ReLU6, as MobileNet's. */
  static Path mobile(Path file) {
    Weights m = new Weights(13);
    Value x = m.conv(m.input(OPEN, 3, 24, 24), "stem", 3, 8, 2).clip("stem.relu6", 0, 6);
    Value y = x.conv("widen", m.weights(16, 8, 1, 1), m.weights(16), 1, 0).clip("wide", 0, 6);
    y = y.conv("depth", m.weights(16, 1, 3, 3), m.weights(16), 1, 1, 16).clip("deep", 0, 6);
    y = y.conv("narrow", m.weights(8, 16, 1, 1), m.weights(8), 1, 0);
    x = x.add("sum", y).conv("last", m.weights(12, 8, 1, 1), null, 1, 0).clip("features", 0, 6);
    return m.write(m.head(x, 12), file);
  }

  /** No rectifier at all: SiLU, with a derivative everywhere. */
  static Path smooth(Path file) {
    Weights m = new Weights(17);
    Value x = m.conv(m.input(OPEN, 3, 12, 12), "a", 3, 6, 2);
    x = x.mul("a.silu", x.sigmoid("a.sigmoid"));
    x = m.conv(x, "b", 6, 8, 1);
    x = x.mul("features", x.sigmoid("b.sigmoid"));
    return m.write(m.head(x, 8), file);
  }

  /** Pictures with their channels last, as TensorFlow keeps them. */
  static Path channelsLast(Path file) {
    Weights m = new Weights(13);
    Value x = m.input(OPEN, 24, 20, 3).transpose("first", 0, 3, 1, 2);
    x = m.conv(x, "conv", 3, 6, 2).relu("relu").transpose("features", 0, 2, 3, 1);
    x = x.reduceMean("mean", false, 1, 2);
    return m.write(x.gemm("logits", m.weights(Weights.CLASSES, 6), null), file);
  }

  /** The head asks for sizes of the input; the batch is folded into another axis in between. */
  static Path sizesAcrossTheCut(Path file) {
    Weights m = new Weights(17);
    OnnxBuilder b = m.builder;
    Value x = m.input(OPEN, 3, 24, 24);
    Value n = x.op("Shape", "size", Map.of());
    n = n.op("Gather", "n", Map.of("axis", 0), b.constant("zero", 0));
    Value y = m.conv(x, "conv", 3, 8, 2).relu("features").globalAveragePool("gap");
    Value to = n.op("Concat", "to", Map.of("axis", 0), b.constant("rest", -1));
    y = y.op("Reshape", "flat", Map.of(), to);
    Value four = n.mul("half", b.constant("two", 2));
    four = four.op("Concat", "folding", Map.of("axis", 0), b.constant("four", 4));
    y = y.op("Reshape", "folded", Map.of(), four).relu("folded.relu");
    y = y.op("Reshape", "unfolded", Map.of(), to);
    return m.write(y.gemm("logits", m.weights(Weights.CLASSES, 8), null), file);
  }

  /** Einsum, whose shape does not follow from the rules of the format's reader. */
  static Path unknownShapes(Path file) {
    Weights m = new Weights(17);
    Value x = m.conv(m.input(OPEN, 3, 24, 24), "conv", 3, 8, 2);
    Value w = m.constant("mix", m.weights(6, 8));
    x = x.op("Einsum", "mixed", Map.of("equation", "nchw,dc->ndhw"), w).relu("features");
    return m.write(m.head(x, 6), file);
  }
}
