package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The axes of operators that only move, drop, add or reduce axes. */
final class Reorders {
  private Reorders() {}

  static long @Nullable [] shape(NodeProto node, Inference in, long[] a) {
    return switch (node.getOpType()) {
      case "Flatten" -> {
        int axis = ShapeMath.axis(Attributes.integer(node, "axis", 1), a.length);
        yield new long[] {
          ShapeMath.product(Arrays.copyOf(a, axis)),
          ShapeMath.product(Arrays.copyOfRange(a, axis, a.length))
        };
      }
      case "Reshape" -> {
        Known to = in.value(node, 1);
        yield to == null
            ? null
            : reshape(a, to.longs(), Attributes.integer(node, "allowzero", 0) != 0);
      }
      case "Transpose" -> {
        long[] order = Attributes.integers(node, "perm");
        long[] out = new long[a.length];
        for (int i = 0; i < out.length; i++) {
          out[i] = a[order == null ? a.length - 1 - i : (int) order[i]];
        }
        yield out;
      }
      case "Squeeze" -> squeeze(a, in.axes(node, "axes", 1), Inference.has(node, 1));
      case "Unsqueeze" -> unsqueeze(a, in.axes(node, "axes", 1));
      case "Concat" -> {
        int axis = ShapeMath.axis(Attributes.integer(node, "axis", 0), a.length);
        long[] out = a.clone();
        for (int i = 1; i < node.getInputCount() && out != null; i++) {
          long[] next = in.shape(node, i);
          if (next == null) {
            out = null;
          } else {
            out[axis] += next[axis];
          }
        }
        yield out;
      }
      case "Slice" -> {
        Slices slices = Slices.of(node, in, a.length);
        long[] out = slices == null ? null : a.clone();
        for (int i = 0; slices != null && out != null && i < slices.count(); i++) {
          int axis = slices.axis(i);
          out[axis] = slices.range(i, a[axis])[1];
        }
        yield out;
      }
      case "Expand" -> {
        Known to = in.value(node, 1);
        yield to == null ? null : ShapeMath.broadcast(a, to.longs());
      }
      case "SpaceToDepth" -> {
        long b = Attributes.integer(node, "blocksize", 1);
        yield new long[] {a[0], a[1] * b * b, a[2] / b, a[3] / b};
      }
      case "DepthToSpace" -> {
        long b = Attributes.integer(node, "blocksize", 1);
        yield new long[] {a[0], a[1] / (b * b), a[2] * b, a[3] * b};
      }
      case "ArgMax", "ArgMin" -> {
        long[] axis = {Attributes.integer(node, "axis", 0)};
        yield reduce(a, axis, Attributes.integer(node, "keepdims", 1) != 0);
      }
      default -> node.getOpType().startsWith("Reduce") ? reduce(node, in, a) : null;
    };
  }

  private static long @Nullable [] reshape(long[] a, long[] to, boolean zeroIsZero) {
    long[] out = to.clone();
    long known = 1;
    int open = -1;
    for (int i = 0; i < out.length; i++) {
      if (out[i] == 0 && !zeroIsZero) {
        out[i] = a[i];
      }
      if (out[i] < 0) {
        open = i;
      } else {
        known *= out[i];
      }
    }
    long all = ShapeMath.product(a);
    if (open >= 0) {
      if (known == 0 || all % known != 0) {
        return null;
      }
      out[open] = all / known;
      known *= out[open];
    }
    return known == all ? out : null;
  }

  private static long @Nullable [] squeeze(long[] a, long @Nullable [] axes, boolean given) {
    if (axes == null && given) {
      return null;
    }
    boolean[] drop = new boolean[a.length];
    for (int i = 0; i < a.length; i++) {
      drop[i] = axes == null && a[i] == 1;
    }
    for (long axis : axes == null ? new long[0] : axes) {
      drop[ShapeMath.axis(axis, a.length)] = true;
    }
    return keep(a, drop);
  }

  private static long @Nullable [] unsqueeze(long[] a, long @Nullable [] axes) {
    if (axes == null) {
      return null;
    }
    int rank = a.length + axes.length;
    List<Integer> added = new ArrayList<>();
    for (long axis : axes) {
      added.add(ShapeMath.axis(axis, rank));
    }
    long[] out = new long[rank];
    int next = 0;
    for (int i = 0; i < rank; i++) {
      out[i] = added.contains(i) ? 1 : a[next++];
    }
    return out;
  }

  private static long @Nullable [] reduce(NodeProto node, Inference in, long[] a) {
    long[] axes = in.axes(node, "axes", 1);
    if (axes == null && Inference.has(node, 1)) {
      return null;
    }
    boolean none = axes == null || axes.length == 0;
    if (none && Attributes.integer(node, "noop_with_empty_axes", 0) != 0) {
      return a;
    }
    return reduce(a, none ? null : axes, Attributes.integer(node, "keepdims", 1) != 0);
  }

  private static long[] reduce(long[] a, long @Nullable [] axes, boolean keep) {
    boolean[] gone = new boolean[a.length];
    if (axes == null) {
      Arrays.fill(gone, true);
    } else {
      for (long axis : axes) {
        gone[ShapeMath.axis(axis, a.length)] = true;
      }
    }
    if (!keep) {
      return keep(a, gone);
    }
    long[] out = a.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = gone[i] ? 1 : out[i];
    }
    return out;
  }

  private static long[] keep(long[] a, boolean[] drop) {
    long[] out = new long[a.length];
    int n = 0;
    for (int i = 0; i < a.length; i++) {
      if (!drop[i]) {
        out[n++] = a[i];
      }
    }
    return Arrays.copyOf(out, n);
  }
}
