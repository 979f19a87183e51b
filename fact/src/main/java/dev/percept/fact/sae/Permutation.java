package dev.percept.fact.sae;

import java.util.random.RandomGenerator;

/**
 * A random order of 0 ... n − 1 that needs no memory: a Feistel network on the least even number of
 * bits that holds n, walked until it lands below n (Black and Rogaway, 2002).
 */
final class Permutation {
  private static final int ROUNDS = 6;

  private final long size;
  private final int halfBits;
  private final long[] keys;

  Permutation(long size, RandomGenerator random) {
    if (size < 1) {
      throw new IllegalArgumentException("permutation: at least 1 element, found " + size);
    }
    this.size = size;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(size - 1);
    this.halfBits = Math.max(1, (bits + 1) / 2);
    this.keys = random.longs(ROUNDS).toArray();
  }

  /** Where {@code index} goes; every place is taken once. */
  long at(long index) {
    long value = index;
    do {
      value = once(value);
    } while (value >= size);
    return value;
  }

  private long once(long value) {
    long mask = (1L << halfBits) - 1;
    long left = value >>> halfBits;
    long right = value & mask;
    for (long key : keys) {
      long next = left ^ (mix(right + key) & mask);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }

  /** The finaliser of SplitMix64 (Steele et al., 2014). */
  static long mix(long value) {
    long v = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    v = (v ^ (v >>> 27)) * 0x94d049bb133111ebL;
    return v ^ (v >>> 31);
  }
}
