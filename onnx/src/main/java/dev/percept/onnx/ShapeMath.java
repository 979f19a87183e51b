package dev.percept.onnx;

import org.jspecify.annotations.Nullable;

/** Arithmetic on axes. */
final class ShapeMath {
  private ShapeMath() {}

  static long product(long[] dims) {
    long n = 1;
    for (long d : dims) {
      n = Math.multiplyExact(n, d);
    }
    return n;
  }

  /** NumPy's rule; null where the axes do not fit. */
  static long @Nullable [] broadcast(long[] a, long[] b) {
    long[] out = new long[Math.max(a.length, b.length)];
    for (int i = 0; i < out.length; i++) {
      long x = i < out.length - a.length ? 1 : a[i - (out.length - a.length)];
      long y = i < out.length - b.length ? 1 : b[i - (out.length - b.length)];
      if (x != y && x != 1 && y != 1) {
        return null;
      }
      out[i] = x == 1 ? y : x;
    }
    return out;
  }

  static long[] unravel(long flat, long[] dims) {
    long[] at = new long[dims.length];
    for (int d = dims.length - 1; d >= 0; d--) {
      at[d] = flat % dims[d];
      flat /= dims[d];
    }
    return at;
  }

  static long ravel(long[] at, long[] dims) {
    long flat = 0;
    for (int d = 0; d < dims.length; d++) {
      flat = flat * dims[d] + at[d];
    }
    return flat;
  }

  /** {@code dims} with {@code axis} replaced by the axes {@code by}. */
  static long[] replace(long[] dims, int axis, long... by) {
    long[] out = new long[dims.length - 1 + by.length];
    System.arraycopy(dims, 0, out, 0, axis);
    System.arraycopy(by, 0, out, axis, by.length);
    System.arraycopy(dims, axis + 1, out, axis + by.length, dims.length - axis - 1);
    return out;
  }

  /** An axis counted from the end where negative. */
  static int axis(long axis, int rank) {
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** How many values a slice takes, and where it starts: {@code {start, count}}. */
  static long[] slice(long size, long start, long end, long step) {
    long from = start < 0 ? start + size : start;
    long to = end < 0 ? Math.max(end + size, -1) : end;
    if (step > 0) {
      from = Math.min(Math.max(from, 0), size);
      to = Math.min(Math.max(to, 0), size);
      return new long[] {from, Math.max(0, (to - from + step - 1) / step)};
    }
    from = Math.min(Math.max(from, -1), size - 1);
    to = Math.min(Math.max(to, -1), size - 1);
    // end = "minus infinity" means past the first value.
    to = end < -size ? -1 : to;
    return new long[] {from, Math.max(0, (from - to - step - 1) / -step)};
  }
}
