package dev.percept.zoo;

import java.util.BitSet;

/** Which pixels of a picture belong to something. Immutable. */
public final class Mask {
  private final int width;
  private final int height;
  private final BitSet inside;

  /**
   * A mask with the given pixels.
   *
   * @param inside row by row, width x height values
   * @throws IllegalArgumentException if their number is not width x height
   */
  public Mask(int width, int height, boolean[] inside) {
    if (inside.length != width * height) {
      throw new IllegalArgumentException(
          "mask: expected " + width + " x " + height + " values, found " + inside.length);
    }
    this.width = width;
    this.height = height;
    this.inside = new BitSet(inside.length);
    for (int i = 0; i < inside.length; i++) {
      this.inside.set(i, inside[i]);
    }
  }

  /** Pixels in a row. */
  public int width() {
    return width;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** Whether the pixel at column {@code x}, row {@code y} belongs to it. */
  public boolean get(int x, int y) {
    return inside.get(y * width + x);
  }

  /** Whether pixel {@code flat}, counted row by row, belongs to it. */
  public boolean get(int flat) {
    return inside.get(flat);
  }

  /** How many pixels belong to it. */
  public int count() {
    return inside.cardinality();
  }
}
