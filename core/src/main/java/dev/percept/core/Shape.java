package dev.percept.core;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The sizes of a tensor's axes, outermost first. Immutable. */
public final class Shape {
  private final int[] dims;
  private final int size;

  private Shape(int[] dims) {
    long product = 1;
    for (int d : dims) {
      if (d < 0) {
        throw new IllegalArgumentException(
            "shape: every axis must be at least 0, found " + Arrays.toString(dims));
      }
      product = Math.multiplyExact(product, (long) d);
    }
    if (product > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shape: at most 2^31 - 1 values, found " + Arrays.toString(dims));
    }
    this.dims = dims;
    this.size = (int) product;
  }

  /**
   * A shape with the given axes.
   *
   * @throws IllegalArgumentException if an axis is negative or the product exceeds 2^31 - 1
   */
  public static Shape of(int... dims) {
    return new Shape(dims.clone());
  }

  /** The number of axes. */
  public int rank() {
    return dims.length;
  }

  /** The size of axis {@code axis}, 0 being the outermost. */
  public int dim(int axis) {
    return dims[axis];
  }

  /** The number of values. */
  public int size() {
    return size;
  }

  /** The axes as a new array. */
  public int[] toArray() {
    return dims.clone();
  }

  /** This shape with one more axis of size {@code n} in front: the shape of a batch. */
  public Shape batch(int n) {
    int[] all = new int[dims.length + 1];
    all[0] = n;
    System.arraycopy(dims, 0, all, 1, dims.length);
    return new Shape(all);
  }

  /** This shape without its first axis: the shape of one example of a batch. */
  public Shape example() {
    return new Shape(Arrays.copyOfRange(dims, 1, dims.length));
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape s && Arrays.equals(dims, s.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** For example {@code 64 x 512}. */
  @Override
  public String toString() {
    return dims.length == 0
        ? "scalar"
        : Arrays.stream(dims).mapToObj(Integer::toString).collect(Collectors.joining(" x "));
  }
}
