package dev.percept.engine.torch.graph;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Convolution along any number of axes, and its transpose. */
final class Convolutions {
  private Convolutions() {}

  static Map<String, Operator> operators() {
    Map<String, Operator> all = new TreeMap<>();
    all.put("Conv", Operator.of(Convolutions::conv));
    all.put("ConvTranspose", Operator.of(Convolutions::transposed));
    return all;
  }

  private static Tensor conv(Call c) {
    Tensor x = c.x();
    Windows w = Windows.of(c, places(x), places(c.tensor(1)));
    long[] padding = w.begin();
    if (!w.symmetric()) {
      x = torch.constant_pad_nd(x, w.padding());
      padding = new long[w.rank()];
    }
    return torch.convolution(
        x,
        c.tensor(1),
        c.optional(2),
        w.strides(),
        padding,
        w.dilations(),
        false,
        new long[w.rank()],
        c.integer("group", 1));
  }

  private static Tensor transposed(Call c) {
    Tensor x = c.x();
    long[] in = places(x);
    long[] kernel = places(c.tensor(1));
    int n = in.length;
    long[] strides = Windows.orOnes(c.integers("strides"), n);
    long[] dilations = Windows.orOnes(c.integers("dilations"), n);
    long[] extra = c.integers("output_padding");
    extra = extra == null ? new long[n] : extra;
    // What the whole product has; padding cuts its ends off.
    long[] whole = new long[n];
    for (int i = 0; i < n; i++) {
      whole[i] = strides[i] * (in[i] - 1) + (kernel[i] - 1) * dilations[i] + 1 + extra[i];
    }
    long[][] cut = cut(c, in, strides, whole);
    boolean alike = Arrays.equals(cut[0], cut[1]);
    Tensor y =
        torch.convolution(
            x,
            c.tensor(1),
            c.optional(2),
            strides,
            alike ? cut[0] : new long[n],
            dilations,
            true,
            extra,
            c.integer("group", 1));
    for (int i = 0; !alike && i < n; i++) {
      y = y.narrow(i + 2, cut[0][i], whole[i] - cut[0][i] - cut[1][i]);
    }
    return y;
  }

  /** What is cut off before and behind each axis. */
  private static long[][] cut(Call c, long[] in, long[] strides, long[] whole) {
    int n = in.length;
    String auto = c.text("auto_pad", "NOTSET");
    long @Nullable [] pads = c.integers("pads");
    long @Nullable [] out = c.integers("output_shape");
    long[][] cut = new long[2][n];
    for (int i = 0; i < n; i++) {
      if (out != null || auto.startsWith("SAME")) {
        long wanted = out != null ? out[out.length - n + i] : in[i] * strides[i];
        long all = Math.max(0, whole[i] - wanted);
        cut[0][i] = auto.equals("SAME_UPPER") ? all / 2 : all - all / 2;
        cut[1][i] = all - cut[0][i];
      } else if (pads != null && !auto.equals("VALID")) {
        cut[0][i] = pads[i];
        cut[1][i] = pads[n + i];
      }
    }
    return cut;
  }

  /** The axes behind the first two. */
  static long[] places(Tensor x) {
    long[] dims = x.shape();
    return Arrays.copyOfRange(dims, 2, dims.length);
  }
}
