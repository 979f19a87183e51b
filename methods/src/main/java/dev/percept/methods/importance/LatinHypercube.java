package dev.percept.methods.importance;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Points of which each dimension has one in each of as many slices as there are points. */
final class LatinHypercube {
  private LatinHypercube() {}

  /**
   * Draws points.
   *
   * @param from which part of a randomisation this is: other parts get other points though the
   *     generator begins in the same state
   */
  static Design.Points of(int dimensions, int from, int points, RandomGenerator random) {
    RandomGenerator own = new SplittableRandom(random.nextLong() + from);
    float[][] values = new float[dimensions][points];
    for (int d = 0; d < dimensions; d++) {
      int[] slices = ScrambledHalton.permutation(points, own);
      for (int n = 0; n < points; n++) {
        values[d][n] = Design.cell((slices[n] + own.nextDouble()) / points);
      }
    }
    return (n, d) -> values[d][n];
  }
}
