package dev.percept.image;

/**
 * Linear resampling along one axis with half-pixel centres, as PyTorch's {@code interpolate(...,
 * mode="bilinear", align_corners=False)}: output i is centred at {@code (i + 1/2) in/out} of the
 * input. Without antialiasing it mixes the two samples next to that point; with antialiasing the
 * triangle is as wide as the reduction, as in PIL and in PyTorch with {@code antialias=True}.
 *
 * <p>Only a window of the outputs is computed, so that what a centre crop throws away costs
 * nothing.
 */
final class Resampling {
  private final int[] starts;
  private final float[][] weights;

  private Resampling(int[] starts, float[][] weights) {
    this.starts = starts;
    this.weights = weights;
  }

  /**
   * Outputs {@code from} to {@code from + count - 1} of resampling {@code in} samples to {@code
   * out}.
   */
  static Resampling of(int in, int out, int from, int count, boolean antialias) {
    int[] starts = new int[count];
    float[][] weights = new float[count][];
    double scale = (double) in / out;
    for (int i = 0; i < count; i++) {
      double centre = (from + i + 0.5) * scale;
      if (antialias) {
        double width = Math.max(scale, 1);
        int first = Math.max(0, (int) (centre - width + 0.5));
        int last = Math.min(in, (int) (centre + width + 0.5));
        starts[i] = first;
        weights[i] = triangle(first, last, centre, width);
      } else {
        double at = Math.max(0, centre - 0.5);
        int first = Math.min((int) at, in - 1);
        float right = (float) (at - first);
        starts[i] = first;
        weights[i] = first + 1 < in ? new float[] {1 - right, right} : new float[] {1};
      }
    }
    return new Resampling(starts, weights);
  }

  private static float[] triangle(int first, int last, double centre, double width) {
    double[] raw = new double[last - first];
    double sum = 0;
    for (int k = 0; k < raw.length; k++) {
      raw[k] = Math.max(0, 1 - Math.abs((first + k - centre + 0.5) / width));
      sum += raw[k];
    }
    float[] normed = new float[raw.length];
    for (int k = 0; k < raw.length; k++) {
      normed[k] = (float) (raw[k] / sum);
    }
    return normed;
  }

  int count() {
    return starts.length;
  }

  /** The first input that output {@code i} of the window needs. */
  int start(int i) {
    return starts[i];
  }

  /** The input after the last that output {@code i} of the window needs. */
  int end(int i) {
    return starts[i] + weights[i].length;
  }

  /** The weight of input {@code sample} in output {@code i}. */
  float weight(int i, int sample) {
    return weights[i][sample - starts[i]];
  }

  /** Resamples a row of interleaved RGB. */
  void row(float[] source, float[] target) {
    for (int i = 0; i < starts.length; i++) {
      float red = 0;
      float green = 0;
      float blue = 0;
      float[] w = weights[i];
      int at = 3 * starts[i];
      for (float v : w) {
        red += v * source[at];
        green += v * source[at + 1];
        blue += v * source[at + 2];
        at += 3;
      }
      target[3 * i] = red;
      target[3 * i + 1] = green;
      target[3 * i + 2] = blue;
    }
  }
}
