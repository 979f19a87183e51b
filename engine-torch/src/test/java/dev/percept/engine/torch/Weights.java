package dev.percept.engine.torch;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.Value;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A model under construction, with random weights that keep the size of activations. */
public final class Weights {
  public static final int CLASSES = 5;

  private final RandomGenerator random = Run.of(3).random("weights");
  public final OnnxBuilder builder;

  public Weights(int opset) {
    this.builder = new OnnxBuilder(opset);
  }

  public Value input(int batch, int... dims) {
    int[] all = new int[dims.length + 1];
    all[0] = batch;
    System.arraycopy(dims, 0, all, 1, dims.length);
    return builder.input("input", all);
  }

  public Tensor weights(int... dims) {
    Shape shape = Shape.of(dims);
    return normal(1.7 / Math.sqrt(Math.max(1, shape.size() / dims[0])), dims);
  }

  /** Of a matrix in x out, as MatMul takes it. */
  public Tensor matrix(int in, int out) {
    return normal(1 / Math.sqrt(in), in, out);
  }

  public Tensor normal(double deviation, int... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return Tensor.wrap(shape, values);
  }

  public static Tensor filled(float value, int n) {
    float[] values = new float[n];
    Arrays.fill(values, value);
    return Tensor.wrap(Shape.of(n), values);
  }

  public Value conv(Value x, String name, int in, int out, int stride) {
    return x.conv(name, weights(out, in, 3, 3), weights(out), stride, 1);
  }

  public Value constant(String name, Tensor values) {
    return builder.constant(name, values);
  }

  public Value scalar(String name, double value) {
    return builder.constant(name, Tensor.of(Shape.of(), (float) value));
  }

  /** Mean over the places, then two layers. */
  public Value head(Value x, int channels) {
    return x.globalAveragePool("gap")
        .flatten("flat")
        .gemm("hidden", weights(channels, channels), weights(channels))
        .sigmoid("squashed")
        .gemm("logits", weights(CLASSES, channels), weights(CLASSES));
  }

  /** The same numbers as a constant of int64. */
  public Value longs(String name, long... values) {
    return builder.constant(name, values);
  }

  public Path write(Value logits, Path file) {
    logits.output(CLASSES);
    builder.writeTo(file);
    return file;
  }
}
