package dev.percept.methods.importance;

import java.util.random.RandomGenerator;
import org.hipparchus.random.SobolSequenceGenerator;

/**
 * Points of a Sobol sequence under a random linear scramble and a digital shift (Matoušek, 1998;
 * Owen, 1995): each point is uniform in the unit cube, whatever its index, and the points together
 * stay evenly spread. Without that, the first points of high dimensions follow a pattern, and the
 * index of a concept decides its importance.
 */
final class ScrambledSobol {
  private static final int BITS = 32;
  private static final double TO_BITS = 4294967296.0;

  /** Of dimension d, output bit i: which input bits are added up; the highest bit comes first. */
  private final int[][] rows;

  private final int[] shift;

  ScrambledSobol(int dimensions, RandomGenerator random) {
    rows = new int[dimensions][BITS];
    shift = new int[dimensions];
    for (int d = 0; d < dimensions; d++) {
      for (int i = 0; i < BITS; i++) {
        int own = 1 << (BITS - 1 - i);
        int higher = i == 0 ? 0 : -1 << (BITS - i);
        rows[d][i] = (random.nextInt() & higher) | own;
      }
      shift[d] = random.nextInt();
    }
  }

  /** The plain points {@code from} to {@code to} as 32-bit fractions; scrambles share them. */
  static int[][] plain(int dimensions, int from, int to) {
    SobolSequenceGenerator sequence = new SobolSequenceGenerator(dimensions);
    int[][] points = new int[to - from][dimensions];
    for (int n = from; n < to; n++) {
      double[] point = n == from ? sequence.skipTo(from) : sequence.nextVector();
      for (int d = 0; d < dimensions; d++) {
        points[n - from][d] = (int) (long) (point[d] * TO_BITS);
      }
    }
    return points;
  }

  /** Coordinate d of a plain point, scrambled: inside (0, 1), exact in float32. */
  float scramble(int d, int plain) {
    int out = shift[d];
    for (int i = 0; i < BITS; i++) {
      out ^= (Integer.bitCount(rows[d][i] & plain) & 1) << (BITS - 1 - i);
    }
    // The middle of one of 2^23 cells.
    return ((out >>> 9) + 0.5f) * 0x1p-23f;
  }
}
