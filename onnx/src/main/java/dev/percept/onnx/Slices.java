package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import org.jspecify.annotations.Nullable;

/** What a Slice node takes, whether it says so by attributes (opset 9) or by inputs. */
final class Slices {
  private final long[] starts;
  private final long[] ends;
  private final long[] axes;
  private final long[] steps;
  private final int rank;

  private Slices(long[] starts, long[] ends, long[] axes, long[] steps, int rank) {
    this.starts = starts;
    this.ends = ends;
    this.axes = axes;
    this.steps = steps;
    this.rank = rank;
  }

  /** The slices of {@code node}; null where they are computed from data. */
  static @Nullable Slices of(NodeProto node, Inference in, int rank) {
    long[] starts = in.axes(node, "starts", 1);
    long[] ends = in.axes(node, "ends", 2);
    if (starts == null || ends == null) {
      return null;
    }
    long[] axes = in.axes(node, "axes", 3);
    long[] steps = in.axes(node, "steps", 4);
    if ((axes == null && Inference.has(node, 3)) || (steps == null && Inference.has(node, 4))) {
      return null;
    }
    long[] a = axes == null ? new long[starts.length] : axes;
    long[] s = steps == null ? new long[starts.length] : steps;
    for (int i = 0; i < starts.length; i++) {
      a[i] = axes == null ? i : a[i];
      s[i] = steps == null ? 1 : s[i];
    }
    return new Slices(starts, ends, a, s, rank);
  }

  int count() {
    return starts.length;
  }

  int axis(int i) {
    return ShapeMath.axis(axes[i], rank);
  }

  long step(int i) {
    return steps[i];
  }

  /** Start and count along an axis of {@code size}. */
  long[] range(int i, long size) {
    return ShapeMath.slice(size, starts[i], ends[i], steps[i]);
  }
}
