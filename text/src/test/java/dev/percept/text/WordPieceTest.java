package dev.percept.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.PerceptException;
import dev.percept.core.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordPieceTest extends TokenizerContract {
  private static final List<String> PIECES =
      List.of(
          "[PAD]",
          "[UNK]",
          "[CLS]",
          "[SEP]",
          "hello",
          "world",
          "##s",
          "un",
          "##believ",
          "##able",
          "cafe",
          "😀",
          "!",
          "日",
          "istanbul");

  @Override
  Tokenizer make() {
    return WordPiece.of(PIECES, true);
  }

  @Test
  void theLongestPieceIsTakenFromLeftToRight() {
    try (Tokenizer tokenizer = make()) {
      Encoding found = tokenizer.encode("Unbelievable worlds!", 20);
      assertEquals(List.of(2, 7, 8, 9, 5, 6, 12, 3), found.ids());
      assertEquals(
          List.of(
              new Span(0, 0),
              new Span(0, 2),
              new Span(2, 8),
              new Span(8, 12),
              new Span(13, 18),
              new Span(18, 19),
              new Span(19, 20),
              new Span(0, 0)),
          found.spans());
    }
  }

  @Test
  void spansCountUnitsOfTheOriginal() {
    try (Tokenizer tokenizer = make()) {
      // An accent on its own and a face of two units: neither moves what stands behind.
      String text = "cafe\u0301 😀 hello 日";
      Encoding found = tokenizer.encode(text, 20);
      assertEquals(List.of(2, 10, 11, 4, 13, 3), found.ids());
      assertEquals("😀", found.spans().get(2).of(text));
      assertEquals("hello", found.spans().get(3).of(text));
      assertEquals("日", found.spans().get(4).of(text));
      assertEquals("cafe", found.spans().get(1).of(text).substring(0, 4));
    }
  }

  @Test
  void dottedCapitalIsOneWordOfOriginalLength() {
    try (Tokenizer tokenizer = make()) {
      String text = "İstanbul hello";
      Encoding found = tokenizer.encode(text, 20);
      assertEquals(List.of(2, 14, 4, 3), found.ids());
      assertEquals("İstanbul", found.spans().get(1).of(text));
    }
  }

  @Test
  void capitalsStayWhereTheModelKnowsThem() {
    List<String> cased = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "Hello", "hello");
    try (Tokenizer tokenizer = WordPiece.of(cased, false)) {
      assertEquals(List.of(2, 4, 5, 3), tokenizer.encode("Hello hello", 9).ids());
    }
  }

  @Test
  void aPieceTwiceIsRefused() {
    PerceptException e =
        assertThrows(
            PerceptException.class,
            () -> WordPiece.of(List.of("[UNK]", "[CLS]", "[SEP]", "a", "a"), true));
    assertEquals(
        "'vocabulary': the piece 'a' stands twice, on lines 4 and 5; take the vocab.txt that was"
            + " saved with the model",
        e.getMessage());
  }

  @Test
  void aVocabularyWithoutBeginningIsRefused() {
    assertThrows(PerceptException.class, () -> WordPiece.of(List.of("[UNK]", "[SEP]"), true));
  }
}
