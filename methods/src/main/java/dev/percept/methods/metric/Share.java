package dev.percept.methods.metric;

import java.util.OptionalDouble;

/**
 * A share with what it is a share of.
 *
 * @param count how many have the property
 * @param of how many were asked
 */
public record Share(int count, int of) {
  public Share {
    if (count < 0 || count > of) {
      throw new IllegalArgumentException("share: 0 to " + of + " of " + of + ", found " + count);
    }
  }

  /** From 0 to 1; empty where nobody was asked. */
  public OptionalDouble value() {
    return of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) count / of);
  }
}
