package dev.percept.methods.importance;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

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

  /**
   * The same points with their coordinates in a random order. Some pairs of coordinates of a
   * sequence fill the square badly at first; drawn anew for each randomisation, no concept is worse
   * off for its index.
   */
  static Points inRandomColumns(Points points, int dimensions, RandomGenerator random) {
    int[] columns = IntStream.range(0, dimensions).toArray();
    for (int i = dimensions - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int column = columns[i];
      columns[i] = columns[other];
      columns[other] = column;
    }
    return (n, d) -> points.at(n, columns[d]);
  }

  /** The middle of the cell that holds {@code x}, from 0 (inclusive) to 1 (exclusive). */
  static float cell(double x) {
    return (float) ((Math.floor(x * CELLS) + 0.5) / CELLS);
  }
}
