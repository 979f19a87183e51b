package dev.percept.zoo;

import java.util.List;
import java.util.SplittableRandom;

/** Random choices for one scene or one text. */
public final class Dice {
  private final SplittableRandom random;

  /** Choices that depend on {@code seed} alone. */
  public Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Uniform between {@code low} and {@code high}. */
  public double in(double low, double high) {
    return low + random.nextDouble() * (high - low);
  }

  /** True with probability {@code p}. */
  public boolean chance(double p) {
    return random.nextDouble() < p;
  }

  /** 0 ... bound - 1. */
  public int integer(int bound) {
    return random.nextInt(bound);
  }

  /** One of {@code choices}. */
  public <T> T of(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** One of {@code choices}. */
  public <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
