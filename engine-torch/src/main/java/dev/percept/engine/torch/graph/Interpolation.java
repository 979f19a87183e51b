package dev.percept.engine.torch.graph;

/**
 * How the ONNX operator Resize maps an axis onto one of another size, as weights.
 *
 * @param mode nearest, linear or cubic
 * @param coordinates the {@code coordinate_transformation_mode}
 * @param nearest the {@code nearest_mode}
 * @param cubic the coefficient a of cubic convolution
 * @param excludeOutside whether places outside get no weight, rather than that of the edge
 * @param antialias whether the filter is stretched where the axis shrinks
 * @param extrapolation the value of places outside a cropped region
 */
record Interpolation(
    String mode,
    String coordinates,
    String nearest,
    double cubic,
    boolean excludeOutside,
    boolean antialias,
    double extrapolation) {

  Interpolation {
    if (coordinates.equals("tf_crop_and_resize") && extrapolation != 0) {
      throw new IllegalArgumentException(
          "Resize: extrapolation_value 0 where a region is cropped, found " + extrapolation);
    }
  }

  /** Whether values are picked, not mixed. */
  boolean picks() {
    return mode.equals("nearest") && !crops();
  }

  boolean crops() {
    return coordinates.equals("tf_crop_and_resize");
  }

  /** Which value each of {@code out} places takes. */
  long[] nearest(int in, int out, double scale, double from, double to) {
    long[] picks = new long[out];
    for (int i = 0; i < out; i++) {
      picks[i] = clamp(round(source(i, in, out, scale, from, to)), in);
    }
    return picks;
  }

  /** Weights, out x in, row-major. */
  double[] weights(int in, int out, double scale, double from, double to) {
    double[] weights = new double[out * in];
    double stretch = antialias && scale < 1 ? 1 / scale : 1;
    for (int i = 0; i < out; i++) {
      double at = source(i, in, out, scale, from, to);
      if (crops() && (at < 0 || at > in - 1)) {
        continue; // extrapolated with 0
      }
      if (mode.equals("nearest")) {
        weights[i * in + clamp(round(at), in)] = 1;
      } else {
        row(weights, i * in, in, at, stretch);
      }
    }
    return weights;
  }

  private void row(double[] weights, int offset, int in, double at, double stretch) {
    double reach = (mode.equals("cubic") ? 2 : 1) * stretch;
    int first = (int) Math.ceil(at - reach);
    int last = (int) Math.floor(at + reach);
    double sum = 0;
    for (int j = first; j <= last; j++) {
      boolean inside = j >= 0 && j < in;
      sum += excludeOutside && !inside ? 0 : kernel((at - j) / stretch);
    }
    for (int j = first; j <= last; j++) {
      boolean inside = j >= 0 && j < in;
      if (inside || !excludeOutside) {
        weights[offset + clamp(j, in)] += kernel((at - j) / stretch) / sum;
      }
    }
  }

  private double kernel(double distance) {
    double d = Math.abs(distance);
    if (mode.equals("linear")) {
      return Math.max(0, 1 - d);
    }
    if (d <= 1) {
      return ((cubic + 2) * d - (cubic + 3)) * d * d + 1;
    }
    return d < 2 ? ((cubic * d - 5 * cubic) * d + 8 * cubic) * d - 4 * cubic : 0;
  }

  /**
   * Where place {@code i} lies in the axis that it is taken from. In float32, as other engines: a
   * place that falls between two values by a rounding error takes the same one.
   */
  private double source(int i, int in, int out, double exact, double from, double to) {
    float scale = (float) exact;
    return switch (coordinates) {
      case "half_pixel" -> (i + 0.5f) / scale - 0.5f;
      case "half_pixel_symmetric" -> {
        // The size that was meant, where the real one is rounded down.
        float adjust = out / (in * scale);
        yield in / 2f * (1 - adjust) + (i + 0.5f) / scale - 0.5f;
      }
      case "pytorch_half_pixel" -> out > 1 ? (i + 0.5f) / scale - 0.5f : 0;
      case "align_corners" -> out > 1 ? (float) i * (in - 1) / (out - 1) : 0;
      case "asymmetric" -> i / scale;
      case "tf_half_pixel_for_nn" -> (i + 0.5f) / scale;
      case "tf_crop_and_resize" ->
          out > 1
              ? from * (in - 1) + i * (to - from) * (in - 1) / (out - 1)
              : 0.5 * (from + to) * (in - 1);
      default ->
          throw new IllegalArgumentException(
              "Resize: no coordinate_transformation_mode " + coordinates);
    };
  }

  private long round(double at) {
    return (long)
        switch (nearest) {
          case "round_prefer_floor" -> Math.ceil(at - 0.5);
          case "round_prefer_ceil" -> Math.floor(at + 0.5);
          case "floor" -> Math.floor(at);
          case "ceil" -> Math.ceil(at);
          default -> throw new IllegalArgumentException("Resize: no nearest_mode " + nearest);
        };
  }

  private static int clamp(long at, int size) {
    return (int) Math.min(Math.max(at, 0), size - 1);
  }
}
