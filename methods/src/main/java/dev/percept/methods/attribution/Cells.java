package dev.percept.methods.attribution;

import dev.percept.core.Shape;
import java.util.Arrays;

/**
 * A picture cut into side x side cells of as equal a size as whole pixels allow, the regular kind
 * of segments.
 */
record Cells(int side, int height, int width) {
  Cells {
    Checks.atLeast("cells", 1, side);
    if (side > height || side > width) {
      throw new IllegalArgumentException(
          "cells: at most one a pixel of " + height + " x " + width + ", found " + side);
    }
  }

  /** Cells of inputs c x h x w. */
  static Cells of(int side, Shape input) {
    return new Cells(side, input.dim(1), input.dim(2));
  }

  int count() {
    return side * side;
  }

  /** Writes the weights of cells to all of their pixels. */
  void write(Weight weight, float[] target) {
    for (int row = 0; row < side; row++) {
      int top = row * height / side;
      int bottom = (row + 1) * height / side;
      for (int column = 0; column < side; column++) {
        float w = weight.of(row * side + column);
        int left = column * width / side;
        int right = (column + 1) * width / side;
        for (int y = top; y < bottom; y++) {
          Arrays.fill(target, y * width + left, y * width + right, w);
        }
      }
    }
  }

  /** The weight of a cell. */
  @FunctionalInterface
  interface Weight {
    float of(int cell);
  }
}
