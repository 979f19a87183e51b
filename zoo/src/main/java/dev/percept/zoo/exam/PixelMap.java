package dev.percept.zoo.exam;

import dev.percept.core.Grid;
import dev.percept.zoo.Creatures;

/** From locations of a feature map to pixels. */
final class PixelMap {
  /** Every so many columns and rows: maps have cells of several pixels, so little is missed. */
  private static final int STEP = 2;

  private static final int SIDE = Creatures.SIDE;

  /** How many pixels of a picture are looked at. */
  static final int LOOKED_AT = (SIDE / STEP) * (SIDE / STEP);

  private PixelMap() {}

  /** The flat number, in the full picture, of a pixel that is looked at. */
  static int pixel(int lookedAt) {
    int columns = SIDE / STEP;
    return lookedAt / columns * STEP * SIDE + lookedAt % columns * STEP;
  }

  /**
   * A concept's map over all pictures at full size, bilinear, half-pixel centres; of that, every
   * pixel that is looked at.
   *
   * @return n x {@link #LOOKED_AT}
   */
  static float[] of(Explained explained, int concept) {
    Grid grid = explained.grid();
    int n = explained.codes().rows();
    int r = explained.concepts();
    float[] out = new float[n * LOOKED_AT];
    float[] cells = new float[grid.places()];
    for (int i = 0; i < n; i++) {
      for (int l = 0; l < cells.length; l++) {
        cells[l] = explained.codes().get((i * grid.size() + grid.location(l)) * r + concept);
      }
      enlarge(cells, grid, out, i * LOOKED_AT);
    }
    return out;
  }

  private static void enlarge(float[] cells, Grid grid, float[] out, int offset) {
    for (int i = 0; i < LOOKED_AT; i++) {
      double sy = place(pixel(i) / SIDE, grid.rows());
      int y0 = (int) sy;
      int y1 = Math.min(y0 + 1, grid.rows() - 1);
      double fy = sy - y0;
      double sx = place(pixel(i) % SIDE, grid.columns());
      int x0 = (int) sx;
      int x1 = Math.min(x0 + 1, grid.columns() - 1);
      double fx = sx - x0;
      double upper = mix(cells[y0 * grid.columns() + x0], cells[y0 * grid.columns() + x1], fx);
      double lower = mix(cells[y1 * grid.columns() + x0], cells[y1 * grid.columns() + x1], fx);
      out[offset + i] = (float) mix(upper, lower, fy);
    }
  }

  private static double place(int pixel, int cells) {
    double at = (pixel + 0.5) * cells / SIDE - 0.5;
    return Math.max(0, Math.min(cells - 1, at));
  }

  private static double mix(double a, double b, double share) {
    return a + share * (b - a);
  }
}
