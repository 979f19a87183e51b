package dev.percept.onnx;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of a model under construction. Methods append an operator and return what it makes; the
 * first argument is always the new tensor's name. Feature maps are N x C x H x W.
 */
public final class Value {
  private final OnnxBuilder builder;
  private final String name;

  Value(OnnxBuilder builder, String name) {
    this.builder = builder;
    this.name = name;
  }

  OnnxBuilder builder() {
    return builder;
  }

  /** The tensor's name. */
  public String name() {
    return name;
  }

  /** Any operator of one output that reads this value first. */
  public Value op(String type, String output, Map<String, ?> attributes, Value... more) {
    Value[] inputs = new Value[more.length + 1];
    inputs[0] = this;
    System.arraycopy(more, 0, inputs, 1, more.length);
    return builder.op(type, output, attributes, inputs);
  }

  /**
   * Square convolution without groups; see {@link #conv(String, Tensor, Tensor, int, int, int)}.
   */
  public Value conv(String name, Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return conv(name, weight, bias, stride, padding, 1);
  }

  /**
   * Convolution.
   *
   * @param weight out x (in / groups) x height x width
   * @param bias out values; null where there is none
   * @param stride the same along both axes
   * @param padding zeros on every side
   * @param groups 1, or the number of channels for a depthwise convolution
   */
  public Value conv(
      String name, Tensor weight, @Nullable Tensor bias, int stride, int padding, int groups) {
    if (weight.shape().rank() != 4) {
      throw new IllegalArgumentException(
          name + ": weight must be out x in x height x width, found " + weight.shape());
    }
    Map<String, Object> attributes = window(weight.shape().dim(2), weight.shape().dim(3));
    attributes.put("strides", new long[] {stride, stride});
    attributes.put("pads", new long[] {padding, padding, padding, padding});
    attributes.put("dilations", new long[] {1, 1});
    attributes.put("group", groups);
    Value w = builder.constant(name + ".weight", weight);
    return bias == null
        ? op("Conv", name, attributes, w)
        : op("Conv", name, attributes, w, builder.constant(name + ".bias", bias));
  }

  /** Batch normalisation in inference mode; every statistic has one value a channel. */
  public Value batchNormalization(
      String name, Tensor scale, Tensor bias, Tensor mean, Tensor variance, float epsilon) {
    return op(
        "BatchNormalization",
        name,
        Map.of("epsilon", epsilon),
        builder.constant(name + ".scale", scale),
        builder.constant(name + ".bias", bias),
        builder.constant(name + ".mean", mean),
        builder.constant(name + ".var", variance));
  }

  /** max(x, 0). */
  public Value relu(String name) {
    return op("Relu", name, Map.of());
  }

  /** 1 / (1 + exp(-x)). */
  public Value sigmoid(String name) {
    return op("Sigmoid", name, Map.of());
  }

  /** Values limited to low ... high; ReLU6 is {@code clip(name, 0, 6)}. */
  public Value clip(String name, float low, float high) {
    if (builder.opset() < 11) {
      return op("Clip", name, Map.of("min", low, "max", high));
    }
    return op(
        "Clip",
        name,
        Map.of(),
        builder.constant(TensorData.scalar(name + ".min", low)),
        builder.constant(TensorData.scalar(name + ".max", high)));
  }

  /** The sum with {@code other}, broadcast. */
  public Value add(String name, Value other) {
    return op("Add", name, Map.of(), other);
  }

  /** The product with {@code other}, value by value, broadcast. */
  public Value mul(String name, Value other) {
    return op("Mul", name, Map.of(), other);
  }

  /** The matrix product with {@code other}. */
  public Value matMul(String name, Value other) {
    return op("MatMul", name, Map.of(), other);
  }

  /** The largest value of every square window. */
  public Value maxPool(String name, int kernel, int stride, int padding) {
    return op("MaxPool", name, pool(kernel, stride, padding));
  }

  /** The mean of every square window, padding not counted. */
  public Value averagePool(String name, int kernel, int stride, int padding) {
    return op("AveragePool", name, pool(kernel, stride, padding));
  }

  /** The mean over all locations: N x C x 1 x 1. */
  public Value globalAveragePool(String name) {
    return op("GlobalAveragePool", name, Map.of());
  }

  /** N x everything else. */
  public Value flatten(String name) {
    return op("Flatten", name, Map.of("axis", 1));
  }

  /** Axes in another order. */
  public Value transpose(String name, int... order) {
    return op("Transpose", name, Map.of("perm", Arrays.stream(order).asLongStream().toArray()));
  }

  /** Another shape; 0 keeps an axis, -1 takes what is left. */
  public Value reshape(String name, long... shape) {
    return op("Reshape", name, Map.of(), builder.constant(name + ".shape", shape));
  }

  /** This and {@code other} one after the other along {@code axis}. */
  public Value concat(String name, int axis, Value other) {
    return op("Concat", name, Map.of("axis", axis), other);
  }

  /** The mean along {@code axes}, kept as axes of size 1 or dropped. */
  public Value reduceMean(String name, boolean keep, long... axes) {
    Map<String, Object> attributes = new TreeMap<>(Map.of("keepdims", keep ? 1 : 0));
    if (builder.opset() < 18) {
      attributes.put("axes", axes);
      return op("ReduceMean", name, attributes);
    }
    return op("ReduceMean", name, attributes, builder.constant(name + ".axes", axes));
  }

  /** Softmax along {@code axis}. */
  public Value softmax(String name, int axis) {
    return op("Softmax", name, Map.of("axis", axis));
  }

  /** The same value under another name. */
  public Value identity(String name) {
    return op("Identity", name, Map.of());
  }

  /**
   * A fully connected layer, N x in to N x out.
   *
   * @param weight out x in, as PyTorch keeps it
   * @param bias out values; null for zeros
   */
  public Value gemm(String name, Tensor weight, @Nullable Tensor bias) {
    if (weight.shape().rank() != 2) {
      throw new IllegalArgumentException(
          name + ": weight must be out x in, found " + weight.shape());
    }
    Tensor b = bias == null ? Tensor.zeros(Shape.of(weight.shape().dim(0))) : bias;
    return op(
        "Gemm",
        name,
        Map.of("transB", 1),
        builder.constant(name + ".weight", weight),
        builder.constant(name + ".bias", b));
  }

  /**
   * Makes this value an output of the model.
   *
   * @param dims its axes after the batch; none where they are left open
   */
  public OnnxBuilder output(int... dims) {
    int[] all = new int[dims.length == 0 ? 0 : dims.length + 1];
    if (all.length > 0) {
      all[0] = OnnxBuilder.DYNAMIC;
      System.arraycopy(dims, 0, all, 1, dims.length);
    }
    return builder.output(name, all);
  }

  private static Map<String, Object> window(long height, long width) {
    return new TreeMap<>(Map.of("kernel_shape", new long[] {height, width}));
  }

  private static Map<String, Object> pool(int kernel, int stride, int padding) {
    Map<String, Object> attributes = window(kernel, kernel);
    attributes.put("strides", new long[] {stride, stride});
    attributes.put("pads", new long[] {padding, padding, padding, padding});
    return attributes;
  }
}
