package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How the axes of an operator's output follow from those of its inputs. */
final class ShapeRules {
  private ShapeRules() {}

  /** Works out the outputs of {@code node}; those without a rule stay unknown. */
  static void apply(NodeProto node, Inference in) {
    long[] a = in.shape(node, 0);
    switch (node.getOpType()) {
      case "Range", "ConstantOfShape" -> {
        Known size = in.value(node, 0);
        if (size != null && node.getOpType().equals("ConstantOfShape")) {
          in.put(node, 0, size.longs());
        }
      }
      case "Add",
          "Sub",
          "Mul",
          "Div",
          "Pow",
          "Mod",
          "Min",
          "Max",
          "Sum",
          "Mean",
          "PRelu",
          "Equal",
          "Greater",
          "GreaterOrEqual",
          "Less",
          "LessOrEqual",
          "And",
          "Or",
          "Xor",
          "Where" ->
          in.put(node, 0, broadcast(node, in));
      default -> {
        if (a != null) {
          one(node, in, a);
        }
      }
    }
  }

  private static void one(NodeProto node, Inference in, long[] a) {
    switch (node.getOpType()) {
      case "Relu",
          "LeakyRelu",
          "Sigmoid",
          "HardSigmoid",
          "HardSwish",
          "Tanh",
          "Clip",
          "Exp",
          "Log",
          "Sqrt",
          "Abs",
          "Neg",
          "Erf",
          "Elu",
          "Selu",
          "Celu",
          "Gelu",
          "Mish",
          "Softplus",
          "Softsign",
          "Softmax",
          "LogSoftmax",
          "Hardmax",
          "ThresholdedRelu",
          "Shrink",
          "Identity",
          "Cast",
          "CastLike",
          "Dropout",
          "BatchNormalization",
          "InstanceNormalization",
          "LayerNormalization",
          "GroupNormalization",
          "LpNormalization",
          "MeanVarianceNormalization",
          "LRN",
          "Floor",
          "Ceil",
          "Round",
          "Sign",
          "Reciprocal",
          "Not",
          "IsNaN",
          "IsInf",
          "Sin",
          "Cos",
          "CumSum",
          "Trilu",
          "QuantizeLinear",
          "DequantizeLinear" ->
          in.put(node, 0, a);
      case "Conv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool" ->
          in.put(node, 0, Windows.shape(node, in, a));
      case "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool" -> {
        long[] out = a.clone();
        Arrays.fill(out, 2, out.length, 1);
        in.put(node, 0, out);
      }
      case "MatMul" -> in.put(node, 0, matMul(a, in.shape(node, 1)));
      case "Gemm" -> in.put(node, 0, gemm(node, a, in.shape(node, 1)));
      case "Shape" -> in.put(node, 0, new long[] {a.length});
      case "Size" -> in.put(node, 0, new long[0]);
      case "Split" -> split(node, in, a);
      case "Gather" -> {
        long[] index = in.shape(node, 1);
        int axis = ShapeMath.axis(Attributes.integer(node, "axis", 0), a.length);
        in.put(node, 0, index == null ? null : ShapeMath.replace(a, axis, index));
      }
      case "GatherElements" -> in.put(node, 0, in.shape(node, 1));
      case "Pad" -> in.put(node, 0, pad(node, in, a));
      case "Tile" -> {
        Known repeats = in.value(node, 1);
        in.put(node, 0, repeats == null ? null : times(a, repeats.longs()));
      }
      case "Resize", "Upsample" -> in.put(node, 0, resize(node, in, a));
      default -> in.put(node, 0, Reorders.shape(node, in, a));
    }
  }

  private static long @Nullable [] broadcast(NodeProto node, Inference in) {
    long[] out = new long[0];
    for (int i = 0; i < node.getInputCount() && out != null; i++) {
      long[] next = in.shape(node, i);
      out = next == null ? null : ShapeMath.broadcast(out, next);
    }
    return out;
  }

  private static long @Nullable [] matMul(long[] a, long @Nullable [] b) {
    if (b == null || a.length == 0 || b.length == 0) {
      return null;
    }
    long[] left = a.length == 1 ? new long[] {1, a[0]} : a;
    long[] right = b.length == 1 ? new long[] {b[0], 1} : b;
    long[] lead =
        ShapeMath.broadcast(
            Arrays.copyOf(left, left.length - 2), Arrays.copyOf(right, right.length - 2));
    if (lead == null) {
      return null;
    }
    long[] out = Arrays.copyOf(lead, lead.length + 2);
    out[lead.length] = left[left.length - 2];
    out[lead.length + 1] = right[right.length - 1];
    if (b.length == 1) {
      out = ShapeMath.replace(out, out.length - 1);
    }
    return a.length == 1 ? ShapeMath.replace(out, out.length - (b.length == 1 ? 1 : 2)) : out;
  }

  private static long @Nullable [] gemm(NodeProto node, long[] a, long @Nullable [] b) {
    if (b == null) {
      return null;
    }
    return new long[] {
      a[Attributes.integer(node, "transA", 0) == 0 ? 0 : 1],
      b[Attributes.integer(node, "transB", 0) == 0 ? 1 : 0]
    };
  }

  private static void split(NodeProto node, Inference in, long[] a) {
    int axis = ShapeMath.axis(Attributes.integer(node, "axis", 0), a.length);
    long[] parts = in.axes(node, "split", 1);
    if (parts == null && Inference.has(node, 1)) {
      return;
    }
    int count = node.getOutputCount();
    long each = (a[axis] + count - 1) / count;
    for (int i = 0; i < count; i++) {
      long size = parts != null ? parts[i] : i < count - 1 ? each : a[axis] - each * (count - 1);
      in.put(node, i, ShapeMath.replace(a, axis, size));
    }
  }

  private static long @Nullable [] pad(NodeProto node, Inference in, long[] a) {
    long[] pads = in.axes(node, "pads", 1);
    long[] axes = in.axes(node, "axes", 3);
    if (pads == null || (axes == null && Inference.has(node, 3))) {
      return null;
    }
    long[] out = a.clone();
    int padded = pads.length / 2;
    for (int i = 0; i < padded; i++) {
      int axis = axes == null ? i : ShapeMath.axis(axes[i], a.length);
      out[axis] += pads[i] + pads[i + padded];
    }
    return out;
  }

  private static long[] times(long[] a, long[] repeats) {
    long[] out = a.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] *= repeats[i];
    }
    return out;
  }

  private static long @Nullable [] resize(NodeProto node, Inference in, long[] a) {
    boolean upsample = node.getOpType().equals("Upsample") || in.opset() < 11;
    if (!upsample && Inference.has(node, 3)) {
      Known sizes = in.value(node, 3);
      if (sizes == null
          || !Attributes.text(node, "keep_aspect_ratio_policy", "stretch").equals("stretch")) {
        return null;
      }
      long[] axes = Attributes.integers(node, "axes");
      long[] out = a.clone();
      for (int i = 0; i < sizes.size(); i++) {
        out[axes == null ? i : ShapeMath.axis(axes[i], a.length)] = (long) sizes.get(i);
      }
      return out;
    }
    Known scales = in.value(node, upsample ? 1 : 2);
    if (scales == null || scales.size() == 0) {
      return null;
    }
    long[] axes = Attributes.integers(node, "axes");
    long[] out = a.clone();
    for (int i = 0; i < scales.size(); i++) {
      int axis = axes == null ? i : ShapeMath.axis(axes[i], a.length);
      out[axis] = (long) Math.floor(a[axis] * scales.get(i));
    }
    return out;
  }
}
