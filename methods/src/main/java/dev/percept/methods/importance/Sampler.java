package dev.percept.methods.importance;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;

/**
 * Random points in the unit cube, spread more evenly than chance would. Each point by itself is
 * uniform, so that averages over points are unbiased, and their scatter over independent
 * randomisations says how far off they are. The plain sequences, always the same, are not offered:
 * their first points follow patterns in which the index of a dimension decides.
 */
public enum Sampler {
  /**
   * A Sobol sequence under a random linear scramble and a digital shift (Matoušek, 1998): the best
   * of these where many points are used, above all powers of two.
   */
  SOBOL {
    @Override
    Design design(int dimensions, int from, int to) {
      int[][] plain = ScrambledSobol.plain(dimensions, from, to);
      return random -> {
        ScrambledSobol scramble = new ScrambledSobol(dimensions, random);
        return (n, d) -> scramble.scramble(d, plain[n][d]);
      };
    }
  },
  /**
   * A Halton sequence with random permutations of its digits, one for each position (Braaten and
   * Weller, 1979; drawn at random as in Owen, 2017): of any length, but coarser than a Sobol
   * sequence in dimensions of a large base.
   */
  HALTON {
    @Override
    Design design(int dimensions, int from, int to) {
      return random -> {
        ScrambledHalton scramble = new ScrambledHalton(dimensions, random);
        return (n, d) -> scramble.at(from + n, d);
      };
    }
  },
  /**
   * Latin hypercube (McKay, Beckman and Conover, 1979): the n points of a design have one in each
   * of n slices of every dimension, and are otherwise independent. Good for scores that are nearly
   * additive.
   */
  LATIN_HYPERCUBE {
    @Override
    Design design(int dimensions, int from, int to) {
      return random -> LatinHypercube.of(dimensions, from, to - from, random);
    }
  };

  /**
   * Points {@code from} to {@code to}. Those of one randomisation continue those before, given a
   * generator in the same state; a Latin hypercube begins anew with each call.
   */
  abstract Design design(int dimensions, int from, int to);

  /**
   * Random points.
   *
   * @param points n, at least 1
   * @param dimensions d, from 1 to 1000
   * @return n x d, each value between 0 and 1, both exclusive
   */
  public Tensor points(int points, int dimensions, RandomGenerator random) {
    if (points < 1) {
      throw new IllegalArgumentException("sampler points: at least 1, found " + points);
    }
    if (dimensions < 1 || dimensions > 1000) {
      throw new IllegalArgumentException("sampler dimensions: 1 to 1000, found " + dimensions);
    }
    Design.Points drawn = design(dimensions, 0, points).randomised(random);
    float[] values = new float[Math.multiplyExact(points, dimensions)];
    for (int i = 0; i < values.length; i++) {
      values[i] = drawn.at(i / dimensions, i % dimensions);
    }
    return Tensor.wrap(Shape.of(points, dimensions), values);
  }
}
