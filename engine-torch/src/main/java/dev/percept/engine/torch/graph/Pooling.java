package dev.percept.engine.torch.graph;

import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The largest value or the mean of windows, or of all places. */
final class Pooling {
  private Pooling() {}

  static Map<String, Operator> operators() {
    Map<String, Operator> all = new TreeMap<>();
    all.put("MaxPool", Operator.of(Pooling::max));
    all.put("AveragePool", Operator.of(Pooling::average));
    all.put(
        "GlobalAveragePool",
        Operator.of(c -> torch.mean(c.x(), places(c.x()), true, new ScalarTypeOptional())));
    all.put("GlobalMaxPool", Operator.of(c -> torch.amax(c.x(), places(c.x()), true)));
    return all;
  }

  private static long[] places(Tensor x) {
    return Axes.range(2, (int) x.dim());
  }

  private static Tensor max(Call c) {
    Tensor x = c.x();
    Windows w = Windows.of(c, Convolutions.places(x), null);
    long[] padding = w.begin();
    if (!fits(w)) {
      x = torch.constant_pad_nd(x, w.padding(), new Scalar(Double.NEGATIVE_INFINITY));
      padding = new long[w.rank()];
    }
    boolean ceil = c.integer("ceil_mode", 0) == 1;
    return switch (w.rank()) {
      case 1 -> torch.max_pool1d(x, w.kernel(), w.strides(), padding, w.dilations(), ceil);
      case 2 -> torch.max_pool2d(x, w.kernel(), w.strides(), padding, w.dilations(), ceil);
      case 3 -> torch.max_pool3d(x, w.kernel(), w.strides(), padding, w.dilations(), ceil);
      default -> throw new IllegalArgumentException(c.label() + ": 1 to 3 axes of places");
    };
  }

  /** libtorch pads both sides alike and by at most half a window. */
  private static boolean fits(Windows w) {
    boolean fits = w.symmetric();
    for (int i = 0; i < w.rank(); i++) {
      fits &= 2 * w.begin()[i] <= w.kernel()[i];
    }
    return fits;
  }

  private static Tensor average(Call c) {
    Tensor x = c.x();
    Windows w = Windows.of(c, Convolutions.places(x), null);
    for (long d : w.dilations()) {
      if (d != 1) {
        throw new IllegalArgumentException(c.label() + ": windows with holes are not averaged");
      }
    }
    boolean ceil = c.integer("ceil_mode", 0) == 1;
    boolean counted = c.integer("count_include_pad", 0) == 1;
    if (fits(w)) {
      // Before operator set 19 engines counted what a last window has beyond the end, too.
      boolean all = counted && ceil && c.opset() < 19;
      LongOptional divisor = all ? new LongOptional(volume(w)) : new LongOptional();
      return average(x, w, w.begin(), ceil, counted, divisor);
    }
    long[] none = new long[w.rank()];
    Tensor sums =
        average(torch.constant_pad_nd(x, w.padding()), w, none, ceil, true, new LongOptional());
    if (counted) {
      return sums;
    }
    // The mean of ones and padding is the share that counts.
    Tensor ones = torch.constant_pad_nd(torch.ones_like(x.detach()), w.padding());
    return sums.div(average(ones, w, none, ceil, true, new LongOptional()));
  }

  private static long volume(Windows w) {
    return Axes.product(w.kernel(), 0, w.rank());
  }

  private static Tensor average(
      Tensor x, Windows w, long[] padding, boolean ceil, boolean all, LongOptional divisor) {
    return switch (w.rank()) {
      case 1 -> torch.avg_pool1d(x, w.kernel(), w.strides(), padding, ceil, all);
      case 2 -> torch.avg_pool2d(x, w.kernel(), w.strides(), padding, ceil, all, divisor);
      case 3 -> torch.avg_pool3d(x, w.kernel(), w.strides(), padding, ceil, all, divisor);
      default -> throw new IllegalArgumentException("pooling: 1 to 3 axes of places");
    };
  }
}
