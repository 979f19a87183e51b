package dev.percept.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.PerceptException;
import dev.percept.core.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainVocabularyTest extends TokenizerContract {
  @Override
  Tokenizer make() {
    return new PlainVocabulary(
        Map.of(
            "<PAD>",
            0,
            "<START>",
            1,
            "<UNKNOWN>",
            2,
            "hello",
            3,
            "world",
            4,
            "don't",
            5,
            "café",
            6),
        "words");
  }

  @Test
  void wordsAreLowerCasedAndPunctuationLeftOut() {
    try (Tokenizer tokenizer = make()) {
      Encoding found = tokenizer.encode("\"Hello\", WORLD: I don’t!", 20);
      assertEquals(List.of(1, 3, 4, 2, 5), found.ids());
      assertEquals(new Span(1, 6), found.spans().get(1));
      assertEquals("don’t", found.spans().get(4).of("\"Hello\", WORLD: I don’t!"));
    }
  }

  @Test
  void accentsAreComparedInOneForm() {
    try (Tokenizer tokenizer = make()) {
      assertEquals(List.of(1, 6), tokenizer.encode("cafe\u0301", 9).ids());
      assertEquals(List.of(1, 6), tokenizer.encode("caf\u00e9", 9).ids());
    }
  }

  @Test
  void punctuationThatTheModelKnowsIsAToken() {
    try (Tokenizer tokenizer =
        new PlainVocabulary(Map.of("[UNK]", 0, "well", 1, "!", 2, "Well", 3), "words")) {
      assertEquals(List.of(3, 2, 1, 2, 2), tokenizer.encode("Well! well?!!", 9).ids());
    }
  }

  @Test
  void anEndStandsAtTheEnd() {
    try (Tokenizer tokenizer =
        new PlainVocabulary(Map.of("<s>", 0, "</s>", 1, "<unk>", 2, "a", 3), "words")) {
      assertEquals(List.of(0, 3, 2, 1), tokenizer.encode("a b", 9).ids());
      assertEquals(List.of(0, 3, 1), tokenizer.encode("a a a a", 3).ids());
    }
  }

  @Test
  void aVocabularyThatKnowsNoUnknownIsRefused() {
    PerceptException e =
        assertThrows(PerceptException.class, () -> new PlainVocabulary(Map.of("a", 1), "words"));
    assertEquals(
        "'words' has no entry for unknown words, such as <UNKNOWN> or [UNK]; add the one that the"
            + " model was trained with, in its place",
        e.getMessage());
  }
}
