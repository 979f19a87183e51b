package dev.percept.methods.importance;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A Halton sequence whose digits are permuted at random, each position of each dimension by a
 * permutation of its own: a point's digits are then independent and uniform, and the first b^k
 * points still have one in each of b^k intervals in the dimension of base b.
 */
final class ScrambledHalton {
  private final int[] bases;

  /** Of dimension d, position j, what becomes of each digit. */
  private final int[][][] permutations;

  ScrambledHalton(int dimensions, RandomGenerator random) {
    bases = primes(dimensions);
    permutations = new int[dimensions][][];
    for (int d = 0; d < dimensions; d++) {
      permutations[d] = new int[digits(bases[d])][];
      for (int j = 0; j < permutations[d].length; j++) {
        permutations[d][j] = permutation(bases[d], random);
      }
    }
  }

  /** Coordinate {@code d} of point {@code n}: zeros before its first digit are permuted too. */
  float at(int n, int d) {
    int base = bases[d];
    int rest = n;
    double x = 0;
    double unit = 1;
    for (int[] permutation : permutations[d]) {
      unit /= base;
      x += permutation[rest % base] * unit;
      rest /= base;
    }
    // The sum of rounded fractions may reach 1 by its last bit.
    return Design.cell(Math.min(x, Math.nextDown(1.0)));
  }

  /** So many digits that they tell the cells of a coordinate apart. */
  private static int digits(int base) {
    return (int) Math.ceil(Math.log(2 * Design.CELLS) / Math.log(base));
  }

  static int[] permutation(int size, RandomGenerator random) {
    int[] values = new int[size];
    Arrays.setAll(values, i -> i);
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
    return values;
  }

  /** The first {@code count} primes. */
  static int[] primes(int count) {
    int[] primes = new int[count];
    int found = 0;
    for (int candidate = 2; found < count; candidate++) {
      boolean prime = true;
      for (int i = 0; i < found && primes[i] * primes[i] <= candidate && prime; i++) {
        prime = candidate % primes[i] != 0;
      }
      if (prime) {
        primes[found++] = candidate;
      }
    }
    return primes;
  }
}
