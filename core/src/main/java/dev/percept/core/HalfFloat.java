package dev.percept.core;

/** IEEE 754 half precision: eleven significant bits, five of exponent. */
public final class HalfFloat {
  private HalfFloat() {}

  /** The float32 value of {@code bits}, exactly. */
  public static float value(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
        };
    return bits < 0 ? -magnitude : magnitude;
  }
}
