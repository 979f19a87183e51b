package dev.percept.text;

import dev.percept.core.Span;
import java.util.List;
import java.util.Locale;

/** What a text is split into, from the finest to the whole. */
public enum Unit {
  /** What the model's tokenizer makes of it. */
  TOKEN,
  /** A word, as a person would say. */
  WORD,
  /** A part of a sentence, by punctuation and, in English, by conjunctions. */
  CLAUSE,
  /** A sentence. */
  SENTENCE,
  /** The text itself. */
  TEXT;

  /**
   * How a text is split into these.
   *
   * @param language of the texts; rules of words that join clauses and of abbreviations are known
   *     for English alone
   * @param tokenizer makes the tokens, if these are the units
   */
  public Splitter splitter(Locale language, Tokenizer tokenizer) {
    return switch (this) {
      case TOKEN -> text -> tokens(text, tokenizer);
      case WORD -> new Words(language);
      case CLAUSE -> new Clauses(language);
      case SENTENCE -> new Sentences(language);
      case TEXT -> Unit::whole;
    };
  }

  private static List<Span> tokens(String text, Tokenizer tokenizer) {
    return tokenizer.encode(text, Integer.MAX_VALUE).spans().stream()
        .filter(span -> span.length() > 0)
        .distinct()
        .toList();
  }

  private static List<Span> whole(String text) {
    Span all = Pieces.trim(text, 0, text.length());
    return all.length() > 0 ? List.of(all) : List.of();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
