package dev.percept.text;

import dev.percept.core.Span;
import java.util.List;

/** Splits texts into pieces. Safe for use from several threads. */
@FunctionalInterface
public interface Splitter {
  /**
   * The pieces of a text, from its beginning to its end; none is empty, and white space stands at
   * no end of one. What lies between them (white space, for words punctuation too) is in none.
   */
  List<Span> split(String text);
}
