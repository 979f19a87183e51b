package dev.percept.fact.bcos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.percept.core.Tensor;

/** How far values are apart. */
final class Near {
  private Near() {}

  /** ‖a − b‖ / ‖a‖. */
  static double relative(Tensor a, Tensor b) {
    assertEquals(a.shape(), b.shape());
    double apart = 0;
    double length = 0;
    for (int i = 0; i < a.shape().size(); i++) {
      double d = (double) a.get(i) - b.get(i);
      apart += d * d;
      length += (double) a.get(i) * a.get(i);
    }
    return Math.sqrt(apart / length);
  }
}
