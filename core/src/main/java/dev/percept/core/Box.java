package dev.percept.core;

/**
 * A rectangle of whole pixels in a picture, from the upper left corner.
 *
 * @param x its left column, at least 0
 * @param y its upper row, at least 0
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record Box(int x, int y, int width, int height) {
  public Box {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "box: x and y at least 0, width and height at least 1, found "
              + x
              + ", "
              + y
              + ", "
              + width
              + ", "
              + height);
    }
  }
}
