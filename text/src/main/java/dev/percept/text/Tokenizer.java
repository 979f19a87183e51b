package dev.percept.text;

/** Makes tokens of texts. Safe for use from several threads. */
public interface Tokenizer extends AutoCloseable {
  /**
   * The tokens of a text, special tokens added as the model was trained with them.
   *
   * @param text any string; spans of the result refer to it as it is, before any normalisation
   * @param maxTokens at most so many tokens, special ones included; what does not fit is left off
   *     at the end
   */
  Encoding encode(String text, int maxTokens);

  @Override
  void close();
}
