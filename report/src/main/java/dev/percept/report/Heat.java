package dev.percept.report;

import dev.percept.bundle.AttributionMaps;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.Base64;

/**
 * One map as the page draws it: one byte a place, in base 64.
 *
 * @param rows places in a column
 * @param columns places in a row
 * @param bytes 255 is {@code scale}; of a signed map 128 is 0, 255 is {@code scale} and 1 the same
 *     below 0
 * @param scale the 99th percentile of the map's own sizes; 0 where it is empty
 */
record Heat(int rows, int columns, String bytes, double scale) {
  /** Finer maps are averaged: a page of many maps must stay small. */
  private static final int FINEST = 112;

  /** The map of a picture. */
  static Heat of(AttributionMaps.Method method, Tensor maps, int picture) {
    Shape s = maps.shape();
    float[] places = places(maps, picture);
    int step = (Math.max(s.dim(2), s.dim(3)) + FINEST - 1) / FINEST;
    int rows = (s.dim(2) + step - 1) / step;
    int columns = (s.dim(3) + step - 1) / step;
    double[] coarse = averaged(places, s.dim(2), s.dim(3), rows, columns, step);
    double scale = scale(coarse);
    byte[] bytes = new byte[coarse.length];
    for (int i = 0; i < bytes.length; i++) {
      double share = scale > 0 ? Math.max(-1, Math.min(1, coarse[i] / scale)) : 0;
      bytes[i] =
          (byte)
              (method.signed()
                  ? 128 + Math.round(127 * share)
                  : Math.round(255 * Math.max(0, share)));
    }
    return new Heat(rows, columns, Base64.getEncoder().encodeToString(bytes), scale);
  }

  /** Values averaged over channels. */
  static float[] places(Tensor maps, int picture) {
    Shape s = maps.shape();
    int size = s.dim(2) * s.dim(3);
    float[] mean = new float[size];
    for (int c = 0; c < s.dim(1); c++) {
      for (int at = 0; at < size; at++) {
        mean[at] += maps.get((picture * s.dim(1) + c) * size + at) / s.dim(1);
      }
    }
    return mean;
  }

  private static double[] averaged(
      float[] places, int height, int width, int rows, int columns, int step) {
    double[] sum = new double[rows * columns];
    int[] count = new int[rows * columns];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y / step * columns + x / step;
        sum[at] += places[y * width + x];
        count[at]++;
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= count[i];
    }
    return sum;
  }

  /** A few pixels of a gradient outshine the rest: the strongest hundredth shares one colour. */
  private static double scale(double[] values) {
    double[] sizes = Arrays.stream(values).map(Math::abs).sorted().toArray();
    double high = sizes[(int) Math.ceil(0.99 * sizes.length) - 1];
    return high > 0 ? high : sizes[sizes.length - 1];
  }
}
