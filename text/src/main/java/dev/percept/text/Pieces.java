package dev.percept.text;

import dev.percept.core.Span;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;

/** Pieces between boundaries. */
final class Pieces {
  private Pieces() {}

  /** A piece without white space at its ends; empty where it is nothing else. */
  static Span trim(String text, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return new Span(from, to);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /** All boundaries that {@code iterator} finds, 0 and the length included. */
  static List<Integer> boundaries(BreakIterator iterator, String text) {
    iterator.setText(text);
    List<Integer> found = new ArrayList<>();
    for (int at = iterator.first(); at != BreakIterator.DONE; at = iterator.next()) {
      found.add(at);
    }
    return found;
  }

  /** The pieces between boundaries that are more than white space. */
  static List<Span> between(List<Integer> boundaries, String text) {
    List<Span> pieces = new ArrayList<>();
    for (int i = 1; i < boundaries.size(); i++) {
      Span piece = trim(text, boundaries.get(i - 1), boundaries.get(i));
      if (piece.length() > 0) {
        pieces.add(piece);
      }
    }
    return pieces;
  }
}
