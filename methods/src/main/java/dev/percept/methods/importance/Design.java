package dev.percept.methods.importance;

import java.util.random.RandomGenerator;

/**
 * Some consecutive points of a point set in the unit cube, before they are randomised; shared by
 * all randomisations and threads.
 */
@FunctionalInterface
interface Design {
  /** Cells of a coordinate: float32 holds the middle of each exactly, and none is 0 or 1. */
  double CELLS = 1 << 23;

  /** One randomisation, of which every single point is uniform. */
  Points randomised(RandomGenerator random);

  /** Randomised points. */
  @FunctionalInterface
  interface Points {
    /** Coordinate {@code d} of point {@code n}, counted from the first of the design. */
    float at(int n, int d);
  }

  /** The middle of the cell that holds {@code x}, from 0 (inclusive) to 1 (exclusive). */
  static float cell(double x) {
    return (float) ((Math.floor(x * CELLS) + 0.5) / CELLS);
  }
}
