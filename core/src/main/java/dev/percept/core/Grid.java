package dev.percept.core;

/**
 * The locations at which activations are taken. Most are places of the picture, row by row: {@code
 * rows x columns} for a feature map or patch tokens, 1 x 1 for a vector. A vision transformer has
 * tokens besides that are no place (class token, distillation token, registers): {@code leading} of
 * them come before the places and {@code trailing} behind. They are needed by the head and have
 * codes as all locations have, but no map shows them.
 *
 * @param rows of places
 * @param columns of places
 * @param leading tokens before the places
 * @param trailing tokens behind the places
 */
public record Grid(int rows, int columns, int leading, int trailing) {
  public Grid {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("grid: at least 1 x 1, found " + rows + " x " + columns);
    }
    if (leading < 0 || trailing < 0) {
      throw new IllegalArgumentException(
          "grid: at least 0 leading and trailing tokens, found " + leading + " and " + trailing);
    }
  }

  /** Places only. */
  public Grid(int rows, int columns) {
    this(rows, columns, 0, 0);
  }

  /** L, the number of locations: places and other tokens. */
  public int size() {
    return leading + rows * columns + trailing;
  }

  /** P, the number of places. */
  public int places() {
    return rows * columns;
  }

  /** L − P, the number of tokens that are no place. */
  public int specials() {
    return leading + trailing;
  }

  /** The location of a place, 0 to P − 1. */
  public int location(int place) {
    return leading + place;
  }

  /** Whether a location is a place of the picture. */
  public boolean isPlace(int location) {
    return location >= leading && location < leading + places();
  }

  /** Whether there is more than one place, so that a map says something. */
  public boolean isSpatial() {
    return places() > 1;
  }

  /** The grid of the places alone. */
  public Grid ofPlaces() {
    return specials() == 0 ? this : new Grid(rows, columns);
  }

  /**
   * What belongs to places: n x L x w to n x P x w. A view where all locations are places.
   *
   * @throws IllegalArgumentException if there are not L locations
   */
  public Tensor ofPlaces(Tensor values) {
    return part(values, leading, places());
  }

  /**
   * What belongs to the other tokens, leading then trailing: n x L x w to n x (L − P) x w.
   *
   * @throws IllegalArgumentException if there are not L locations
   */
  public Tensor ofSpecials(Tensor values) {
    if (leading == 0 || trailing == 0) {
      return part(values, leading == 0 ? places() : 0, specials());
    }
    Tensor first = part(values, 0, leading);
    Tensor last = part(values, leading + places(), trailing);
    int n = values.rows();
    int w = values.shape().dim(2);
    float[] out = new float[n * specials() * w];
    for (int i = 0; i < n; i++) {
      first.copyTo(i * leading * w, out, i * specials() * w, leading * w);
      last.copyTo(i * trailing * w, out, (i * specials() + leading) * w, trailing * w);
    }
    return Tensor.wrap(Shape.of(n, specials(), w), out);
  }

  private Tensor part(Tensor values, int from, int count) {
    Shape s = values.shape();
    if (s.rank() != 3 || s.dim(1) != size()) {
      throw new IllegalArgumentException("locations: expected n x " + size() + " x w, found " + s);
    }
    if (count == size()) {
      return values;
    }
    int w = s.dim(2);
    float[] out = new float[s.dim(0) * count * w];
    for (int i = 0; i < s.dim(0); i++) {
      values.copyTo((i * size() + from) * w, out, i * count * w, count * w);
    }
    return Tensor.wrap(Shape.of(s.dim(0), count, w), out);
  }

  /** {@code 14 x 14}, or {@code 1 + 14 x 14} with a leading token. */
  @Override
  public String toString() {
    return (leading > 0 ? leading + " + " : "")
        + rows
        + " x "
        + columns
        + (trailing > 0 ? " + " + trailing : "");
  }
}
