package dev.percept.app;

import java.util.Locale;

/** Numbers as tables show them. */
public final class Format {
  private Format() {}

  /** A share as per cent with one digit, for example {@code 46.1 %}. */
  public static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** A number with two digits after the point. */
  public static String two(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }
}
