package dev.percept.core;

/**
 * The places at which activations are taken, row by row: {@code rows x columns} for a feature map
 * or patch tokens, 1 x 1 for a vector.
 */
public record Grid(int rows, int columns) {
  public Grid {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("grid: at least 1 x 1, found " + rows + " x " + columns);
    }
  }

  /** The number of locations. */
  public int size() {
    return rows * columns;
  }

  /** Whether there is more than one location, so that a map says something. */
  public boolean isSpatial() {
    return size() > 1;
  }
}
