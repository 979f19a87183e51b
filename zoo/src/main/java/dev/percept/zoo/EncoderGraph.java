package dev.percept.zoo;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.EncoderSpec;
import dev.percept.engine.torch.TransformerWeights;
import dev.percept.onnx.Half;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.TensorData;
import dev.percept.onnx.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the blocks of a transformer with the operators, and in the order, that exporters of
 * PyTorch use. Weights lie in the file in half precision, a Cast behind each.
 */
public final class EncoderGraph {
  /** The operator set of the file. */
  public static final int OPSET = 17;

  private static final long FLOAT = 1;

  private final OnnxBuilder builder;
  private final TransformerWeights weights;
  private final EncoderSpec spec;

  /** Writes parts of {@code weights} into {@code builder}. */
  public EncoderGraph(OnnxBuilder builder, TransformerWeights weights) {
    this.builder = builder;
    this.weights = weights;
    this.spec = weights.spec().encoder();
  }

  /** The weights as the file will hold them. */
  public static TransformerWeights rounded(TransformerWeights weights) {
    Map<String, Tensor> rounded = new LinkedHashMap<>();
    weights.tensors().forEach((name, t) -> rounded.put(name, Half.round(t)));
    return new TransformerWeights(weights.spec(), rounded);
  }

  /** A weight under its name. */
  public Value weight(String name) {
    return weight(name, weights.get(name));
  }

  private Value weight(String name, Tensor values) {
    return builder.constant(Half.of(name + ".half", values)).op("Cast", name, Map.of("to", FLOAT));
  }

  /**
   * Rows of a table.
   *
   * @param index identities of rows, int64, of any shape
   */
  public Value rows(String table, Value index) {
    return builder
        .constant(Half.of(table + ".half", weights.get(table)))
        .op("Gather", table + ".rows", Map.of("axis", 0L), index)
        .op("Cast", table + ".embedded", Map.of("to", FLOAT));
  }

  /** A dense layer of vectors, n x in to n x out, called {@code name}. */
  public Value affine(Value x, String name, String weight) {
    return x.op(
        "Gemm", name, Map.of("transB", 1L), weight(weight + ".weight"), weight(weight + ".bias"));
  }

  /** A dense layer on the last axis of any tensor. */
  private Value dense(Value x, String name) {
    return dense(x, name, weights.get(name + ".weight"), weights.get(name + ".bias"));
  }

  private Value dense(Value x, String name, Tensor weight, Tensor bias) {
    Value product = x.matMul(name + ".product", weight(name + ".weight", transposed(weight)));
    return weight(name + ".bias", bias).add(name, product);
  }

  /** A layer normalisation. */
  public Value norm(Value x, String name) {
    return x.op(
        "LayerNormalization",
        name,
        Map.of("axis", -1L, "epsilon", EncoderSpec.EPSILON),
        weight(name + ".gain"),
        weight(name + ".shift"));
  }

  /** A block of a vision transformer, as timm's are: qkv as one product, norms in front. */
  public Value blockOfPatches(Value x, int index) {
    String in = index + ".";
    String name = "block" + (index + 1);
    Value y = dense(norm(x, in + "norm1"), in + "qkv");
    y = y.reshape(name + ".heads", 0, -1, 3, spec.heads(), spec.width() / spec.heads());
    y = y.transpose(name + ".split", 2, 0, 3, 1, 4);
    Value q = pick(y, name + ".q", 0);
    Value kt = pick(y, name + ".k", 1).transpose(name + ".kt", 0, 1, 3, 2);
    Value v = pick(y, name + ".v", 2);
    y =
        q.mul(name + ".q.scaled", scale(name))
            .matMul(name + ".scores", kt)
            .softmax(name + ".attention", -1)
            .matMul(name + ".mix", v);
    x = x.add(name + ".attended", merged(y, name, in));
    return x.add(name, network(norm(x, in + "norm2"), in));
  }

  /**
   * A block of BERT: queries, keys and values by layers of their own, norms behind the sums.
   *
   * @param mask added to the scores
   */
  public Value blockOfWords(Value x, int index, Value mask) {
    String in = index + ".";
    String name = "block" + (index + 1);
    Value q = heads(third(x, in, "query", 0), name + ".q", 0, 2, 1, 3);
    Value kt = heads(third(x, in, "key", 1), name + ".kt", 0, 2, 3, 1);
    Value v = heads(third(x, in, "value", 2), name + ".v", 0, 2, 1, 3);
    Value y =
        q.matMul(name + ".scores", kt)
            .mul(name + ".scaled", scale(name))
            .add(name + ".masked", mask)
            .softmax(name + ".attention", -1)
            .matMul(name + ".mix", v);
    x = norm(x.add(name + ".sum1", merged(y, name, in)), in + "norm1");
    return norm(x.add(name + ".sum2", network(x, in)), in + "norm2").identity(name);
  }

  private Value third(Value x, String in, String name, int part) {
    int d = spec.width();
    return dense(
        x,
        in + name,
        rows(weights.get(in + "qkv.weight"), part * d, d),
        rows(weights.get(in + "qkv.bias"), part * d, d));
  }

  private Value heads(Value x, String name, int... order) {
    return x.reshape(name + ".heads", 0, -1, spec.heads(), spec.width() / spec.heads())
        .transpose(name, order);
  }

  private Value merged(Value y, String name, String in) {
    y = y.transpose(name + ".back", 0, 2, 1, 3).reshape(name + ".merged", 0, -1, spec.width());
    return dense(y, in + "out");
  }

  private Value network(Value x, String in) {
    return dense(gelu(dense(x, in + "up"), in + "gelu"), in + "down");
  }

  private Value scale(String name) {
    float scale = (float) Math.sqrt((double) spec.heads() / spec.width());
    return builder.constant(TensorData.scalar(name + ".scale", scale));
  }

  private Value gelu(Value x, String name) {
    Value bell =
        x.op("Div", name + ".in", Map.of(), scalar(name + ".root2", Math.sqrt(2)))
            .op("Erf", name + ".erf", Map.of())
            .add(name + ".plus", scalar(name + ".one", 1));
    return x.mul(name + ".whole", bell).mul(name, scalar(name + ".half", 0.5));
  }

  private Value scalar(String name, double value) {
    return builder.constant(TensorData.scalar(name, (float) value));
  }

  private Value pick(Value x, String name, int index) {
    return x.op(
        "Gather",
        name,
        Map.of("axis", 0L),
        builder.constant(TensorData.scalar(name + ".index", (long) index)));
  }

  /** The token at the front: n x t x d to n x d. */
  public Value first(Value x, String name) {
    return x.op(
        "Gather",
        name,
        Map.of("axis", 1L),
        builder.constant(TensorData.scalar(name + ".index", 0L)));
  }

  /** {@code out x in} to {@code in x out}. */
  private static Tensor transposed(Tensor weight) {
    int out = weight.shape().dim(0);
    int in = weight.shape().dim(1);
    float[] values = new float[out * in];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        values[i * out + o] = weight.get(o, i);
      }
    }
    return Tensor.wrap(Shape.of(in, out), values);
  }

  private static Tensor rows(Tensor t, int from, int count) {
    int each = t.shape().size() / t.shape().dim(0);
    float[] values = java.util.Arrays.copyOfRange(t.toArray(), from * each, (from + count) * each);
    return Tensor.wrap(each == 1 ? Shape.of(count) : Shape.of(count, each), values);
  }
}
