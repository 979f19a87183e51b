package dev.percept.methods.attribution;

/** A Gaussian blur of one channel, rows then columns; at the edge the weights that fall inside. */
final class GaussianBlur {
  private final double[] weights;

  /**
   * A blur.
   *
   * @param sigma in pixels; the kernel reaches three of them to either side
   */
  GaussianBlur(double sigma) {
    weights = new double[(int) Math.ceil(3 * sigma) + 1];
    for (int d = 0; d < weights.length; d++) {
      weights[d] = Math.exp(-0.5 * d * d / (sigma * sigma));
    }
  }

  /** Blurs {@code plane}, height x width row by row, in place. */
  void apply(float[] plane, int height, int width) {
    float[] line = new float[Math.max(height, width)];
    for (int y = 0; y < height; y++) {
      line(plane, y * width, 1, width, line);
    }
    for (int x = 0; x < width; x++) {
      line(plane, x, width, height, line);
    }
  }

  private void line(float[] plane, int from, int step, int length, float[] result) {
    for (int i = 0; i < length; i++) {
      double sum = 0;
      double all = 0;
      int low = Math.max(0, i - weights.length + 1);
      int high = Math.min(length - 1, i + weights.length - 1);
      for (int j = low; j <= high; j++) {
        double w = weights[Math.abs(i - j)];
        sum += w * plane[from + j * step];
        all += w;
      }
      result[i] = (float) (sum / all);
    }
    for (int i = 0; i < length; i++) {
      plane[from + i * step] = result[i];
    }
  }
}
