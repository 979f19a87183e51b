package dev.percept.engine.torch.graph;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Resize and Upsample. Every mode of the format is linear in the values and separable, so an axis
 * is resized by a matrix of weights that {@link Interpolation} writes down; nearest neighbours are
 * picked instead.
 */
final class Resizing {
  private Resizing() {}

  static Map<String, Operator> operators() {
    Map<String, Operator> all = new TreeMap<>();
    all.put("Resize", Operator.of(Resizing::resize));
    all.put("Upsample", Operator.of(Resizing::upsample));
    return all;
  }

  private static Tensor upsample(Call c) {
    double[] scales =
        c.has(1)
            ? c.doubles(1)
            : dev.percept.onnx.Attributes.find(c.node(), "scales") == null
                ? new double[0]
                : c.node().getAttributeList().stream()
                    .filter(a -> a.getName().equals("scales"))
                    .flatMap(a -> a.getFloatsList().stream())
                    .mapToDouble(Float::doubleValue)
                    .toArray();
    Interpolation how =
        new Interpolation(c.text("mode", "nearest"), "asymmetric", "floor", -0.75, false, false, 0);
    return along(c, scales, sizes(c.x().shape(), scales), how, null);
  }

  private static Tensor resize(Call c) {
    boolean old = c.opset() < 11;
    Interpolation how =
        new Interpolation(
            c.text("mode", "nearest"),
            old ? "asymmetric" : c.text("coordinate_transformation_mode", "half_pixel"),
            old ? "floor" : c.text("nearest_mode", "round_prefer_floor"),
            c.number("cubic_coeff_a", -0.75),
            c.integer("exclude_outside", 0) == 1,
            c.integer("antialias", 0) == 1,
            c.number("extrapolation_value", 0));
    int at = old ? 1 : 2;
    double[] scales = c.has(at) ? c.doubles(at) : new double[0];
    long[] dims = c.x().shape();
    long @Nullable [] axes = c.integers("axes");
    double @Nullable [] region = !old && c.has(1) ? c.doubles(1) : null;
    if (scales.length > 0) {
      double[] all = ones(dims.length);
      for (int i = 0; i < scales.length; i++) {
        all[axis(axes, i, dims.length)] = scales[i];
      }
      return along(c, all, sizes(dims, all), how, region);
    }
    long[] given = c.longs(3);
    long[] sizes = dims.clone();
    double[] all = ones(dims.length);
    double fit = fit(c.text("keep_aspect_ratio_policy", "stretch"), given, axes, dims);
    for (int i = 0; i < given.length; i++) {
      int axis = axis(axes, i, dims.length);
      sizes[axis] = fit > 0 ? Math.round(fit * dims[axis]) : given[i];
      all[axis] = fit > 0 ? fit : (double) given[i] / dims[axis];
    }
    return along(c, all, sizes, how, region);
  }

  /** The one scale of all axes that keeps proportions; 0 where they need not be kept. */
  private static double fit(String policy, long[] given, long @Nullable [] axes, long[] dims) {
    if (policy.equals("stretch")) {
      return 0;
    }
    double[] scales = new double[given.length];
    Arrays.setAll(scales, i -> (double) given[i] / dims[axis(axes, i, dims.length)]);
    return policy.equals("not_larger")
        ? Arrays.stream(scales).min().orElse(0)
        : Arrays.stream(scales).max().orElse(0);
  }

  private static int axis(long @Nullable [] axes, int i, int rank) {
    return axes == null ? i : Axes.front(axes[i], rank);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static long[] sizes(long[] dims, double[] scales) {
    long[] sizes = dims.clone();
    for (int i = 0; i < scales.length; i++) {
      sizes[i] = (long) Math.floor(dims[i] * scales[i]);
    }
    return sizes;
  }

  private static Tensor along(
      Call c, double[] scales, long[] sizes, Interpolation how, double @Nullable [] region) {
    long[] dims = c.x().shape();
    if (scales.length != dims.length) {
      throw new IllegalArgumentException(c.label() + ": a scale for every axis");
    }
    Tensor y = new Tensor(c.x());
    for (int axis = 0; axis < dims.length; axis++) {
      boolean cropped = how.crops() && region != null;
      if (dims[axis] == sizes[axis] && scales[axis] == 1 && !cropped) {
        continue;
      }
      double from = cropped && region != null ? region[axis] : 0;
      double to = cropped && region != null ? region[axis + dims.length] : 1;
      y = along(c, y, axis, (int) sizes[axis], scales[axis], how, from, to);
    }
    return y;
  }

  private static Tensor along(
      Call c, Tensor x, int axis, int size, double scale, Interpolation how, double a, double b) {
    int in = (int) x.size(axis);
    if (how.picks()) {
      long[] picks = how.nearest(in, size, scale, a, b);
      return torch.index_select(x, axis, c.precision().here(Memory.of(picks)));
    }
    Tensor weights =
        c.precision()
            .here(
                Memory.of(new long[] {size, in}, how.weights(in, size, scale, a, b))
                    .to(x.scalar_type().intern()));
    return torch.matmul(x.movedim(axis, -1), weights.t()).movedim(-1, axis);
  }
}
