package dev.percept.zoo;

import java.util.SplittableRandom;

/** Random choices for one scene. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Uniform between {@code low} and {@code high}. */
  double in(double low, double high) {
    return low + random.nextDouble() * (high - low);
  }

  /** True with probability {@code p}. */
  boolean chance(double p) {
    return random.nextDouble() < p;
  }

  /** 0 ... bound - 1. */
  int integer(int bound) {
    return random.nextInt(bound);
  }

  /** One of {@code choices}. */
  <T> T of(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
