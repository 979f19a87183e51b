package dev.percept.report;

import java.util.List;
import java.util.Locale;

/** Numbers and lists as the sentences of the page say them. */
final class Plain {
  /** Keeps a number and its sign for percent on one line. */
  private static final String SPACE = "\u00a0";

  private static final String[] SMALL = {
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve"
  };

  private Plain() {}

  /** A share as whole per cents; what is not quite nothing or all says so. */
  static String percent(double share) {
    if (Double.isNaN(share)) {
      return "unknown";
    }
    double p = share * 100;
    if (p > 0 && p < .5) {
      return "under 1" + SPACE + "%";
    }
    if (p < 100 && p >= 99.5) {
      return "over 99" + SPACE + "%";
    }
    return Math.round(p) + SPACE + "%";
  }

  /** Two decimals, with a true minus sign. */
  static String decimal(double value) {
    if (Double.isNaN(value)) {
      return "unknown";
    }
    String text = String.format(Locale.ROOT, "%.2f", Math.abs(value));
    return value < 0 && !text.equals("0.00") ? "\u2212" + text : text;
  }

  /** One digit and a power of ten, for example 3 · 10⁻⁶; zero as 0. */
  static String power(double value) {
    if (value == 0 || Double.isNaN(value)) {
      return value == 0 ? "0" : "unknown";
    }
    if (value >= .01) {
      return decimal(value);
    }
    int exponent = (int) Math.floor(Math.log10(value));
    long digit = Math.round(value / Math.pow(10, exponent));
    if (digit == 10) {
      digit = 1;
      exponent++;
    }
    StringBuilder power = new StringBuilder();
    for (char c : Integer.toString(exponent).toCharArray()) {
      power.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
    }
    return digit + SPACE + "·" + SPACE + "10" + power;
  }

  /** A count in words up to twelve, else in digits with thin spaces. */
  static String count(long n) {
    return n >= 0 && n < SMALL.length
        ? SMALL[(int) n]
        : String.format(Locale.ROOT, "%,d", n).replace(',', '\u202f');
  }

  /** A noun after its count, for example {@code three pictures}. */
  static String count(long n, String noun) {
    return count(n) + " " + noun + (n == 1 ? "" : "s");
  }

  /** Digits with thin spaces between thousands. */
  static String digits(long n) {
    return String.format(Locale.ROOT, "%,d", n).replace(',', '\u202f');
  }

  /** {@code a, b and c}. */
  static String list(List<String> items) {
    if (items.size() < 2) {
      return String.join("", items);
    }
    return String.join(", ", items.subList(0, items.size() - 1))
        + " and "
        + items.get(items.size() - 1);
  }
}
