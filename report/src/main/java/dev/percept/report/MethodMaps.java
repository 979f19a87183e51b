package dev.percept.report;

import dev.percept.core.Tensor;
import java.util.Base64;

/**
 * Concept maps by an attribution method, for the page: coarser, one byte a cell, in base 64. What
 * raises the code is kept. Maps of different pictures have no common unit (a gradient does not grow
 * with the code), so each is scaled to have its peak where the concept's code in that picture has
 * it: a concept that is hardly there has a faint map.
 */
final class MethodMaps {
  /** Cells a side on the page: as fine as a reader can use, and a kilobyte a map. */
  static final int CELLS = 28;

  private final Tensor maps;
  private final int rows;
  private final int columns;

  /**
   * @param maps pictures x concepts x rows x columns; not modified
   */
  MethodMaps(Tensor maps) {
    this.maps = maps;
    this.rows = Math.min(CELLS, maps.shape().dim(2));
    this.columns = Math.min(CELLS, maps.shape().dim(3));
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /**
   * The map of a concept in a picture.
   *
   * @param peak share of the concept's largest code that this picture reaches, 0 to 1
   */
  String picture(int picture, int concept, double peak) {
    int height = maps.shape().dim(2);
    int width = maps.shape().dim(3);
    int from = (picture * maps.shape().dim(1) + concept) * height * width;
    double[] cells = new double[rows * columns];
    double largest = 0;
    for (int cell = 0; cell < cells.length; cell++) {
      int top = cell / columns * height / rows;
      int bottom = (cell / columns + 1) * height / rows;
      int left = cell % columns * width / columns;
      int right = (cell % columns + 1) * width / columns;
      double sum = 0;
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          sum += maps.get(from + y * width + x);
        }
      }
      cells[cell] = Math.max(0, sum / ((bottom - top) * (right - left)));
      largest = Math.max(largest, cells[cell]);
    }
    byte[] bytes = new byte[cells.length];
    for (int i = 0; i < bytes.length; i++) {
      // A map of zeros has no peak to be scaled by.
      bytes[i] = (byte) Math.round(largest > 0 ? 255 * peak * cells[i] / largest : 0);
    }
    return Base64.getEncoder().encodeToString(bytes);
  }
}
