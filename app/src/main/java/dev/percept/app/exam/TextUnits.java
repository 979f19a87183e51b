package dev.percept.app.exam;

import dev.percept.core.Span;
import dev.percept.text.Excerpts;
import dev.percept.text.LazyTexts;
import dev.percept.text.Tokenizer;
import dev.percept.text.Unit;
import java.util.List;
import java.util.Locale;

/**
 * Texts of the exam, and the pieces that concepts are found in.
 *
 * @param tokenizer of the model
 * @param maxTokens that go in
 * @param unit what concepts are found in
 */
record TextUnits(Tokenizer tokenizer, int maxTokens, Unit unit) {
  LazyTexts whole(List<String> texts) {
    return LazyTexts.of(texts, tokenizer, maxTokens);
  }

  Excerpts pieces(List<String> texts) {
    return Excerpts.of(whole(texts), unit.splitter(Locale.ENGLISH, tokenizer));
  }

  List<Span> words(String text) {
    return Unit.WORD.splitter(Locale.ENGLISH, tokenizer).split(text);
  }

  /** A text without one of its words. */
  static String without(String text, Span word) {
    String before = text.substring(0, word.start());
    String behind = text.substring(word.end());
    return (before + behind).replace("  ", " ").strip();
  }
}
