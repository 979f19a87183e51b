package dev.percept.app.exam;

import dev.percept.core.Examples;
import dev.percept.core.Span;
import dev.percept.methods.map.CropBox;
import dev.percept.text.Splitter;
import dev.percept.text.TokenizedTexts;
import dev.percept.text.Tokenizer;
import dev.percept.text.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Texts of the exam, and the pieces that concepts are found in.
 *
 * @param tokenizer of the model
 * @param maxTokens that go in
 * @param unit what concepts are found in
 */
record TextUnits(Tokenizer tokenizer, int maxTokens, Unit unit) {
  /**
   * Pieces.
   *
   * @param examples one a piece
   * @param boxes which text each was taken from
   */
  record Pieces(Examples examples, List<CropBox> boxes) {
    Pieces {
      boxes = List.copyOf(boxes);
    }
  }

  Examples whole(List<String> texts) {
    List<String> names = IntStream.range(0, texts.size()).mapToObj(i -> "text " + (i + 1)).toList();
    return TokenizedTexts.of(texts, names, tokenizer, maxTokens);
  }

  Pieces pieces(List<String> texts) {
    Splitter splitter = unit.splitter(Locale.ENGLISH, tokenizer);
    List<String> pieces = new ArrayList<>();
    List<CropBox> boxes = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      for (Span span : splitter.split(texts.get(i))) {
        pieces.add(span.of(texts.get(i)));
        boxes.add(new CropBox(i, span.start(), 0, span.length(), 1));
      }
    }
    return new Pieces(whole(pieces), boxes);
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
