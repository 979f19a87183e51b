package dev.percept.text;

import dev.percept.core.Span;
import org.jspecify.annotations.Nullable;

/** From counts of code points, as other languages have them, to UTF-16 code units. */
final class CodePoints {
  private final String text;
  private final int @Nullable [] starts;

  CodePoints(String text) {
    this.text = text;
    int count = text.codePointCount(0, text.length());
    if (count == text.length()) {
      this.starts = null;
      return;
    }
    int[] starts = new int[count + 1];
    int at = 0;
    for (int p = 0; p < count; p++) {
      starts[p] = at;
      at += Character.charCount(text.codePointAt(at));
    }
    starts[count] = at;
    this.starts = starts;
  }

  /** The piece from one code point to before another, without white space at its ends. */
  Span span(int from, int to) {
    int start = unit(from);
    int end = unit(to);
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return new Span(start, end);
  }

  private int unit(int point) {
    return starts == null ? point : starts[point];
  }
}
