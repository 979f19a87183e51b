package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The output size of convolutions and poolings. */
final class Windows {
  private Windows() {}

  static long @Nullable [] shape(NodeProto node, Inference in, long[] a) {
    int axes = a.length - 2;
    long[] weight = in.shape(node, 1);
    boolean conv = node.getOpType().startsWith("Conv");
    boolean transposed = node.getOpType().equals("ConvTranspose");
    if (axes < 1 || (conv && weight == null)) {
      return null;
    }
    long[] kernel = Attributes.integers(node, "kernel_shape");
    if (kernel == null) {
      if (weight == null) {
        return null;
      }
      kernel = Arrays.copyOfRange(weight, 2, weight.length);
    }
    long[] strides = or(Attributes.integers(node, "strides"), axes, 1);
    long[] dilations = or(Attributes.integers(node, "dilations"), axes, 1);
    long[] pads = or(Attributes.integers(node, "pads"), 2 * axes, 0);
    long[] extra = or(Attributes.integers(node, "output_padding"), axes, 0);
    String auto = Attributes.text(node, "auto_pad", "NOTSET");
    long[] wanted = transposed ? Attributes.integers(node, "output_shape") : null;
    boolean up = Attributes.integer(node, "ceil_mode", 0) != 0;
    long[] out = a.clone();
    if (conv && weight != null) {
      out[1] = transposed ? weight[1] * Attributes.integer(node, "group", 1) : weight[0];
    }
    for (int i = 0; i < axes; i++) {
      long size = a[i + 2];
      long span = dilations[i] * (kernel[i] - 1) + 1;
      long padding = pads[i] + pads[i + axes];
      boolean same = auto.startsWith("SAME");
      if (wanted != null) {
        out[i + 2] = wanted[wanted.length - axes + i];
      } else if (transposed) {
        out[i + 2] =
            same
                ? size * strides[i]
                : strides[i] * (size - 1) + extra[i] + span - (auto.equals("VALID") ? 0 : padding);
      } else if (same) {
        out[i + 2] = (size + strides[i] - 1) / strides[i];
      } else {
        long room = size + (auto.equals("VALID") ? 0 : padding) - span;
        long steps = up ? -Math.floorDiv(-room, strides[i]) : Math.floorDiv(room, strides[i]);
        // A window that would start in the padding at the end is not taken.
        if (up && steps * strides[i] >= size + pads[i]) {
          steps--;
        }
        out[i + 2] = steps + 1;
      }
    }
    return out;
  }

  private static long[] or(long @Nullable [] given, int count, long absent) {
    if (given != null) {
      return given;
    }
    long[] all = new long[count];
    Arrays.fill(all, absent);
    return all;
  }
}
