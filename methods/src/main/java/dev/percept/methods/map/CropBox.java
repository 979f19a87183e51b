package dev.percept.methods.map;

/**
 * Where a crop was cut.
 *
 * @param picture which picture
 * @param x left edge, in pixels of any unit that all boxes share
 * @param y upper edge
 * @param width more than 0
 * @param height more than 0
 */
public record CropBox(int picture, double x, double y, double width, double height) {
  public CropBox {
    if (!(width > 0 && height > 0)) {
      throw new IllegalArgumentException(
          "box: width and height must be more than 0, found " + width + " x " + height);
    }
  }

  /** The share of the smaller box that both cover; 0 in different pictures. */
  public double overlap(CropBox other) {
    if (picture != other.picture) {
      return 0;
    }
    double w = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
    double h = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
    double smaller = Math.min(width * height, other.width * other.height);
    return w > 0 && h > 0 ? w * h / smaller : 0;
  }
}
