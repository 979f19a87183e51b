package dev.percept.engine.torch.graph;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** Arithmetic of axes and sizes. */
final class Axes {
  private Axes() {}

  /** An axis counted from the front. */
  static int front(long axis, long rank) {
    return (int) (axis < 0 ? axis + rank : axis);
  }

  static int[] front(long[] axes, long rank) {
    return Arrays.stream(axes).mapToInt(a -> front(a, rank)).toArray();
  }

  static long[] dims(Tensor t) {
    return t.shape();
  }

  /** 0, 1, ... n - 1. */
  static long[] all(int n) {
    return range(0, n);
  }

  static long[] range(int from, int to) {
    long[] axes = new long[Math.max(0, to - from)];
    Arrays.setAll(axes, i -> from + i);
    return axes;
  }

  static long product(long[] dims, int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      product *= dims[i];
    }
    return product;
  }

  static long[] concat(long[]... parts) {
    return Arrays.stream(parts).flatMapToLong(Arrays::stream).toArray();
  }

  static long[] repeat(long value, int count) {
    long[] values = new long[count];
    Arrays.fill(values, value);
    return values;
  }
}
