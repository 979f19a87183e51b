package dev.percept.engine.torch.graph;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Windows that slide over the places of a tensor N x C x places: kernel, steps and padding.
 *
 * @param begin padding before the first place of each axis
 * @param end padding behind the last
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one call and is never compared
record Windows(long[] kernel, long[] strides, long[] dilations, long[] begin, long[] end) {
  /**
   * The windows of a node.
   *
   * @param places the axes behind N and C
   */
  static Windows of(Call c, long[] places, long @Nullable [] kernelOfWeights) {
    int n = places.length;
    long[] kernel =
        kernelOfWeights != null
            ? kernelOfWeights
            : Objects.requireNonNull(c.integers("kernel_shape"), "kernel_shape");
    long[] strides = orOnes(c.integers("strides"), n);
    long[] dilations = orOnes(c.integers("dilations"), n);
    long[] begin = new long[n];
    long[] end = new long[n];
    String auto = c.text("auto_pad", "NOTSET");
    long[] pads = c.integers("pads");
    for (int i = 0; i < n; i++) {
      if (auto.startsWith("SAME")) {
        long out = (places[i] + strides[i] - 1) / strides[i];
        long span = (kernel[i] - 1) * dilations[i] + 1;
        long all = Math.max(0, (out - 1) * strides[i] + span - places[i]);
        begin[i] = auto.equals("SAME_LOWER") ? all - all / 2 : all / 2;
        end[i] = all - begin[i];
      } else if (pads != null && !auto.equals("VALID")) {
        begin[i] = pads[i];
        end[i] = pads[i + n];
      }
    }
    return new Windows(kernel, strides, dilations, begin, end);
  }

  static long[] orOnes(long @Nullable [] values, int n) {
    return values != null ? values : Axes.repeat(1, n);
  }

  int rank() {
    return kernel.length;
  }

  /** Whether every axis is padded alike on both sides. */
  boolean symmetric() {
    return java.util.Arrays.equals(begin, end);
  }

  /** Whether there is padding. */
  boolean padded() {
    return java.util.Arrays.stream(begin).anyMatch(p -> p != 0)
        || java.util.Arrays.stream(end).anyMatch(p -> p != 0);
  }

  /** The padding in the order of libtorch: the last axis first. */
  long[] padding() {
    long[] all = new long[2 * rank()];
    for (int i = 0; i < rank(); i++) {
      all[2 * (rank() - 1 - i)] = begin[i];
      all[2 * (rank() - 1 - i) + 1] = end[i];
    }
    return all;
  }
}
