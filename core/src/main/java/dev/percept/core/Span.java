package dev.percept.core;

/**
 * A piece of a text, in UTF-16 code units as {@link String#substring(int, int)} counts them.
 *
 * @param start its first code unit, at least 0
 * @param end behind its last code unit, at least {@code start}
 */
public record Span(int start, int end) {
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "span: start at least 0, end at least start, found " + start + " to " + end);
    }
  }

  /** The number of code units. */
  public int length() {
    return end - start;
  }

  /** The piece itself. */
  public String of(String text) {
    return text.substring(start, end);
  }

  /** Whether both have a code unit in common. */
  public boolean overlaps(Span other) {
    return start < other.end && other.start < end;
  }
}
