package dev.percept.onnx;

import dev.percept.onnx.proto.TensorProto;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The values of a small tensor that shape inference has computed: a shape, an index, a padding.
 * Doubles hold every size exactly (up to 2^53).
 */
final class Known {
  /** Tensors with more values are no shapes. */
  static final int LARGEST = 4096;

  private final long[] dims;
  private final double[] data;

  Known(long[] dims, double[] data) {
    this.dims = dims;
    this.data = data;
  }

  static Known vector(long... values) {
    return new Known(new long[] {values.length}, Arrays.stream(values).asDoubleStream().toArray());
  }

  static Known scalar(double value) {
    return new Known(new long[0], new double[] {value});
  }

  /** The values of a constant; null if it is large, external or not numeric. */
  static @Nullable Known of(TensorProto t) {
    if (TensorData.isExternal(t) || TensorData.count(t) > LARGEST) {
      return null;
    }
    ElementType type = TensorData.type(t);
    if (type.isFloating()) {
      float[] values = TensorData.floats(t);
      double[] data = new double[values.length];
      for (int i = 0; i < data.length; i++) {
        data[i] = values[i];
      }
      return new Known(TensorData.dims(t), data);
    }
    return switch (type) {
      case STRING, COMPLEX64, COMPLEX128, OTHER -> null;
      default ->
          new Known(
              TensorData.dims(t), Arrays.stream(TensorData.longs(t)).asDoubleStream().toArray());
    };
  }

  long[] dims() {
    return dims.clone();
  }

  int size() {
    return data.length;
  }

  double get(int i) {
    return data[i];
  }

  long[] longs() {
    return Arrays.stream(data).mapToLong(v -> (long) v).toArray();
  }

  Known reshape(long[] to) {
    return new Known(to, data);
  }

  Known map(DoubleUnaryOperator f) {
    return new Known(dims, Arrays.stream(data).map(f).toArray());
  }

  /** Value by value, broadcast; null if the shapes do not fit. */
  @Nullable Known with(Known other, DoubleBinaryOperator f) {
    long[] out = ShapeMath.broadcast(dims, other.dims);
    if (out == null || ShapeMath.product(out) > LARGEST) {
      return null;
    }
    Known a = expand(out);
    Known b = other.expand(out);
    double[] values = new double[a.data.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = f.applyAsDouble(a.data[i], b.data[i]);
    }
    return new Known(out, values);
  }

  /** Broadcast to {@code out}, which must fit. */
  Known expand(long[] out) {
    int lead = out.length - dims.length;
    double[] values = new double[(int) ShapeMath.product(out)];
    for (int i = 0; i < values.length; i++) {
      long[] at = ShapeMath.unravel(i, out);
      long from = 0;
      for (int d = 0; d < dims.length; d++) {
        from = from * dims[d] + (dims[d] == 1 ? 0 : at[lead + d]);
      }
      values[i] = data[(int) from];
    }
    return new Known(out, values);
  }

  Known transpose(long[] order) {
    long[] out = new long[order.length];
    for (int d = 0; d < order.length; d++) {
      out[d] = dims[(int) order[d]];
    }
    double[] values = new double[data.length];
    for (int i = 0; i < values.length; i++) {
      long[] at = ShapeMath.unravel(i, out);
      long[] source = new long[at.length];
      for (int d = 0; d < order.length; d++) {
        source[(int) order[d]] = at[d];
      }
      values[i] = data[(int) ShapeMath.ravel(source, dims)];
    }
    return new Known(out, values);
  }

  /** {@code index[k]} selects along {@code axis}; a scalar index drops the axis. */
  @Nullable Known gather(int axis, Known index) {
    long[] out = ShapeMath.replace(dims, axis, index.dims);
    if (ShapeMath.product(out) > LARGEST) {
      return null;
    }
    double[] values = new double[(int) ShapeMath.product(out)];
    for (int i = 0; i < values.length; i++) {
      long[] at = ShapeMath.unravel(i, out);
      long pick = 0;
      for (int d = 0; d < index.dims.length; d++) {
        pick = pick * index.dims[d] + at[axis + d];
      }
      long chosen = (long) index.data[(int) pick];
      chosen = chosen < 0 ? chosen + dims[axis] : chosen;
      if (chosen < 0 || chosen >= dims[axis]) {
        return null;
      }
      long[] source = new long[dims.length];
      System.arraycopy(at, 0, source, 0, axis);
      source[axis] = chosen;
      int rest = dims.length - axis - 1;
      System.arraycopy(at, axis + index.dims.length, source, axis + 1, rest);
      values[i] = data[(int) ShapeMath.ravel(source, dims)];
    }
    return new Known(out, values);
  }

  /** Every {@code step}-th value from {@code start} along {@code axis}, {@code count} of them. */
  @Nullable Known slice(int axis, long start, long step, long count) {
    double[] picks = new double[(int) count];
    for (int i = 0; i < picks.length; i++) {
      picks[i] = start + i * step;
    }
    return gather(axis, new Known(new long[] {count}, picks));
  }

  Known concat(int axis, Known other) {
    long[] out = dims.clone();
    out[axis] += other.dims[axis];
    double[] values = new double[(int) ShapeMath.product(out)];
    for (int i = 0; i < values.length; i++) {
      long[] at = ShapeMath.unravel(i, out);
      boolean first = at[axis] < dims[axis];
      at[axis] -= first ? 0 : dims[axis];
      Known from = first ? this : other;
      values[i] = from.data[(int) ShapeMath.ravel(at, from.dims)];
    }
    return new Known(out, values);
  }
}
