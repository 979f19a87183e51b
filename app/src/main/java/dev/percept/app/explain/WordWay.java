package dev.percept.app.explain;

import java.util.Locale;

/** Ways to find the words that carry a concept. */
public enum WordWay {
  /** The code that a token would have alone. */
  DIRECTION(
      "The code that each token of the word would have if the head read it alone. After the layers"
          + " of a transformer a token holds what stands around it, too.",
      false),
  /** What the code loses without the word. */
  OCCLUSION(
      "What the concept's code loses when the word is left out of the text. Measured, but on a text"
          + " that nobody wrote; two words that say the same hide each other.",
      true),
  /** What the code loses without the clause. */
  CLAUSES(
      "What the concept's code loses when the whole clause is left out of the text; all words of a"
          + " clause have its value.",
      true),
  /** Gradient of the code, times the embedding. */
  GRADIENT(
      "The gradient of the concept's code by the word's embedding, times that embedding: to first"
          + " order, what the code would lose if the embedding faded away.",
      true);

  private final String about;
  private final boolean signed;

  WordWay(String about, boolean signed) {
    this.about = about;
    this.signed = signed;
  }

  /** What it says and what it does not. */
  String about() {
    return about;
  }

  /** Whether a word can lower the code. */
  boolean signed() {
    return signed;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
