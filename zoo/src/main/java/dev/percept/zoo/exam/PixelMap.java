package dev.percept.zoo.exam;

import dev.percept.core.Grid;

/** From locations of a feature map to pixels. */
final class PixelMap {
  private PixelMap() {}

  /**
   * A concept's map over all pictures at full size: bilinear, half-pixel centres.
   *
   * @return n x side x side
   */
  static float[] of(Explained explained, int concept, int side) {
    Grid grid = explained.grid();
    int n = explained.codes().rows();
    int r = explained.concepts();
    float[] out = new float[n * side * side];
    float[] cells = new float[grid.size()];
    for (int i = 0; i < n; i++) {
      for (int l = 0; l < cells.length; l++) {
        cells[l] = explained.codes().get((i * grid.size() + l) * r + concept);
      }
      enlarge(cells, grid, side, out, i * side * side);
    }
    return out;
  }

  private static void enlarge(float[] cells, Grid grid, int side, float[] out, int offset) {
    for (int y = 0; y < side; y++) {
      double sy = place(y, side, grid.rows());
      int y0 = (int) sy;
      int y1 = Math.min(y0 + 1, grid.rows() - 1);
      double fy = sy - y0;
      for (int x = 0; x < side; x++) {
        double sx = place(x, side, grid.columns());
        int x0 = (int) sx;
        int x1 = Math.min(x0 + 1, grid.columns() - 1);
        double fx = sx - x0;
        double upper = mix(cells[y0 * grid.columns() + x0], cells[y0 * grid.columns() + x1], fx);
        double lower = mix(cells[y1 * grid.columns() + x0], cells[y1 * grid.columns() + x1], fx);
        out[offset + y * side + x] = (float) mix(upper, lower, fy);
      }
    }
  }

  private static double place(int pixel, int side, int cells) {
    double at = (pixel + 0.5) * cells / side - 0.5;
    return Math.max(0, Math.min(cells - 1, at));
  }

  private static double mix(double a, double b, double share) {
    return a + share * (b - a);
  }
}
