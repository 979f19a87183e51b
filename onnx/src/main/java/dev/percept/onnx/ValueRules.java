package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Computes small tensors from which exporters make shapes, paddings and indices. */
final class ValueRules {
  private ValueRules() {}

  /** The value of the node's first output; null where it is not known. */
  static @Nullable Known apply(NodeProto node, Inference in) {
    Known a = in.value(node, 0);
    Known b = in.value(node, 1);
    long[] shape = in.shape(node, 0);
    if (shape != null && node.getOpType().equals("Shape")) {
      return shape(node, shape);
    }
    if (shape != null && node.getOpType().equals("Size")) {
      return Known.scalar((double) ShapeMath.product(shape));
    }
    if (a == null) {
      return null;
    }
    return switch (node.getOpType()) {
      case "Identity" -> a;
      case "ConstantOfShape" -> filled(node, a.longs());
      case "Range" -> {
        Known step = in.value(node, 2);
        yield b == null || step == null ? null : range(a.get(0), b.get(0), step.get(0));
      }
      case "Cast" ->
          ElementType.of((int) Attributes.integer(node, "to", 1)).isFloating()
              ? a
              : a.map(v -> v < 0 ? Math.ceil(v) : Math.floor(v));
      case "Floor" -> a.map(Math::floor);
      case "Ceil" -> a.map(Math::ceil);
      case "Neg" -> a.map(v -> -v);
      case "Sqrt" -> a.map(Math::sqrt);
      case "Not" -> a.map(v -> v == 0 ? 1 : 0);
      case "Squeeze", "Unsqueeze", "Reshape", "Flatten" -> {
        // The shape rule has already worked out the axes.
        long[] out = in.shape(node.getOutput(0));
        yield out == null ? null : a.reshape(out);
      }
      case "Transpose" -> {
        long[] order = Attributes.integers(node, "perm");
        yield order == null ? null : a.transpose(order);
      }
      case "Slice" -> slice(node, in, a);
      case "Concat" -> concat(node, in, a);
      case "ReduceProd" ->
          in.axes(node, "axes", 1) != null && a.dims().length > 1 ? null : product(node, a);
      default -> b == null ? null : binary(node, in, a, b);
    };
  }

  private static @Nullable Known binary(NodeProto node, Inference in, Known a, Known b) {
    boolean integers = !in.type(node, 0).isFloating();
    return switch (node.getOpType()) {
      case "Add" -> a.with(b, Double::sum);
      case "Sub" -> a.with(b, (x, y) -> x - y);
      case "Mul" -> a.with(b, (x, y) -> x * y);
      case "Div" -> a.with(b, integers ? ValueRules::quotient : (x, y) -> x / y);
      case "Mod" -> a.with(b, (x, y) -> y == 0 ? 0 : x - y * Math.floor(x / y));
      case "Pow" -> a.with(b, Math::pow);
      case "Min" -> node.getInputCount() == 2 ? a.with(b, Math::min) : null;
      case "Max" -> node.getInputCount() == 2 ? a.with(b, Math::max) : null;
      case "Equal" -> a.with(b, (x, y) -> x == y ? 1 : 0);
      case "Greater" -> a.with(b, (x, y) -> x > y ? 1 : 0);
      case "Less" -> a.with(b, (x, y) -> x < y ? 1 : 0);
      case "Gather" -> {
        int axis = ShapeMath.axis(Attributes.integer(node, "axis", 0), a.dims().length);
        yield a.gather(axis, b);
      }
      case "Expand" -> {
        long[] out = ShapeMath.broadcast(a.dims(), b.longs());
        yield out == null || ShapeMath.product(out) > Known.LARGEST ? null : a.expand(out);
      }
      case "Where" -> {
        Known c = in.value(node, 2);
        Known chosen = c == null ? null : b.with(c, (x, y) -> 0);
        Known mask = chosen == null ? null : a.with(chosen, (m, z) -> m);
        if (c == null || mask == null) {
          yield null;
        }
        Known yes = b.expand(mask.dims());
        Known no = c.expand(mask.dims());
        double[] out = new double[mask.size()];
        for (int i = 0; i < out.length; i++) {
          out[i] = mask.get(i) != 0 ? yes.get(i) : no.get(i);
        }
        yield new Known(mask.dims(), out);
      }
      default -> null;
    };
  }

  /** Division of integers rounds towards zero. */
  private static double quotient(double x, double y) {
    double q = y == 0 ? 0 : x / y;
    return q < 0 ? Math.ceil(q) : Math.floor(q);
  }

  private static Known shape(NodeProto node, long[] shape) {
    int from = ShapeMath.axis(Attributes.integer(node, "start", 0), shape.length);
    int to = ShapeMath.axis(Attributes.integer(node, "end", shape.length), shape.length);
    from = Math.min(Math.max(from, 0), shape.length);
    to = Math.min(Math.max(to, from), shape.length);
    return Known.vector(Arrays.copyOfRange(shape, from, to));
  }

  private static @Nullable Known filled(NodeProto node, long[] dims) {
    long size = ShapeMath.product(dims);
    if (size > Known.LARGEST) {
      return null;
    }
    TensorProto value = Attributes.tensor(node, "value");
    Known fill = value == null ? null : Known.of(value);
    double[] data = new double[(int) size];
    Arrays.fill(data, fill == null ? 0 : fill.get(0));
    return new Known(dims, data);
  }

  private static @Nullable Known range(double start, double limit, double step) {
    double count = step == 0 ? -1 : Math.max(0, Math.ceil((limit - start) / step));
    if (count < 0 || count > Known.LARGEST) {
      return null;
    }
    double[] data = new double[(int) count];
    for (int i = 0; i < data.length; i++) {
      data[i] = start + i * step;
    }
    return new Known(new long[] {data.length}, data);
  }

  private static Known product(NodeProto node, Known a) {
    double p = 1;
    for (int i = 0; i < a.size(); i++) {
      p *= a.get(i);
    }
    return Attributes.integer(node, "keepdims", 1) == 0 ? Known.scalar(p) : Known.vector((long) p);
  }

  private static @Nullable Known slice(NodeProto node, Inference in, Known a) {
    Slices slices = Slices.of(node, in, a.dims().length);
    Known out = a;
    for (int i = 0; slices != null && i < slices.count(); i++) {
      int axis = slices.axis(i);
      long[] range = slices.range(i, a.dims()[axis]);
      out = out == null ? null : out.slice(axis, range[0], slices.step(i), range[1]);
    }
    return slices == null ? null : out;
  }

  private static @Nullable Known concat(NodeProto node, Inference in, Known first) {
    Known out = first;
    for (int i = 1; i < node.getInputCount(); i++) {
      Known next = in.value(node, i);
      if (next == null || out.size() + next.size() > Known.LARGEST) {
        return null;
      }
      int axis = ShapeMath.axis(Attributes.integer(node, "axis", 0), out.dims().length);
      out = out.concat(axis, next);
    }
    return out;
  }
}
