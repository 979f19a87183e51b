package dev.percept.methods.metric.attribution;

/**
 * The structural similarity of two maps (Wang et al., 2004), each scaled to 0 ... 1 by its own
 * extremes: mean over all {@code window x window} squares that lie within the map, with sample
 * variances and the constants 0.01 and 0.03. A constant map becomes zeros. High for smooth maps
 * whatever they show, so look at {@link RankSimilarity} beside it.
 *
 * @param window pixels a side, at least 2; smaller maps use their own smaller side
 */
public record StructuralSimilarity(int window) implements Similarity {
  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;

  public StructuralSimilarity {
    if (window < 2) {
      throw new IllegalArgumentException(
          "structural similarity window: at least 2, found " + window);
    }
  }

  @Override
  public String name() {
    return "structural similarity";
  }

  @Override
  public double of(float[] a, float[] b, int height, int width) {
    double[] x = scaled(a);
    double[] y = scaled(b);
    int side = Math.min(window, Math.min(height, width));
    double sum = 0;
    for (int top = 0; top + side <= height; top++) {
      for (int left = 0; left + side <= width; left++) {
        sum += square(x, y, top * width + left, side, width);
      }
    }
    return sum / ((height - side + 1) * (width - side + 1));
  }

  private static double square(double[] x, double[] y, int corner, int side, int width) {
    int n = side * side;
    double meanX = 0;
    double meanY = 0;
    for (int k = 0; k < n; k++) {
      int at = corner + k / side * width + k % side;
      meanX += x[at] / n;
      meanY += y[at] / n;
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int k = 0; k < n; k++) {
      int at = corner + k / side * width + k % side;
      xx += (x[at] - meanX) * (x[at] - meanX) / Math.max(1, n - 1);
      yy += (y[at] - meanY) * (y[at] - meanY) / Math.max(1, n - 1);
      xy += (x[at] - meanX) * (y[at] - meanY) / Math.max(1, n - 1);
    }
    return (2 * meanX * meanY + C1)
        * (2 * xy + C2)
        / ((meanX * meanX + meanY * meanY + C1) * (xx + yy + C2));
  }

  private static double[] scaled(float[] map) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float v : map) {
      low = Math.min(low, v);
      high = Math.max(high, v);
    }
    double[] scaled = new double[map.length];
    for (int i = 0; high > low && i < map.length; i++) {
      scaled[i] = ((double) map[i] - low) / ((double) high - low);
    }
    return scaled;
  }
}
