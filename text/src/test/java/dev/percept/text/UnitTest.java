package dev.percept.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Span;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnitTest {
  private static final Tokenizer TOKENIZER =
      new PlainVocabulary(Map.of("<UNK>", 0, "good", 1), "words");

  private static List<String> split(Unit unit, String text) {
    return split(unit, text, Locale.ENGLISH);
  }

  private static List<String> split(Unit unit, String text, Locale language) {
    return unit.splitter(language, TOKENIZER).split(text).stream().map(s -> s.of(text)).toList();
  }

  @Test
  void wordsArePeoplesWords() {
    assertEquals(
        List.of("Don't", "you’ll", "well-made", "3.14", "1,000.50", "it's"),
        split(Unit.WORD, "Don't -- you’ll: well-made? (3.14) 1,000.50 'it's'!"));
    assertEquals(List.of("שלום", "עולם"), split(Unit.WORD, "שלום, עולם!"));
    assertEquals(List.of("ılık", "İçi", "cafe\u0301"), split(Unit.WORD, "ılık İçi cafe\u0301."));
  }

  @Test
  void pictographsStayWhole() {
    assertEquals(
        List.of("👨‍👩‍👧", "👍🏽", "🇫🇷", "🇩🇪", "❤️"),
        split(Unit.WORD, "👨‍👩‍👧 👍🏽 🇫🇷🇩🇪 ❤️ !"));
  }

  @Test
  void sentencesEndWhereTheyEnd() {
    assertEquals(
        List.of(
            "Dr. Smith went to St. Ives on Jan. 5.",
            "He paid $3.50, i.e. too much!",
            "\"Really?\" she said.",
            "Well... it was ok.",
            "See No. 5 and J. R. Simon.",
            "No.",
            "So did I.",
            "The end…"),
        split(
            Unit.SENTENCE,
            "Dr. Smith went to St. Ives on Jan. 5. He paid $3.50, i.e. too much! \"Really?\" she"
                + " said. Well... it was ok.\nSee No. 5 and J. R. Simon. No. So did I. The end…"));
    assertEquals(List.of("One", "two."), split(Unit.SENTENCE, "One\n\ntwo."));
    assertEquals(List.of("这是一句话。", "好吗？"), split(Unit.SENTENCE, "这是一句话。好吗？"));
  }

  @Test
  void clausesArePartsOfSentences() {
    assertEquals(
        List.of(
            "The screen is bright and clear,",
            "but the battery",
            "(which is new)",
            "lasts two hours;",
            "I sent it back."),
        split(
            Unit.CLAUSE,
            "The screen is bright and clear, but the battery (which is new) lasts two hours; I"
                + " sent it back."));
    assertEquals(List.of("Good, cheap and quick."), split(Unit.CLAUSE, "Good, cheap and quick."));
    assertEquals(List.of("It cost 1,000 dollars."), split(Unit.CLAUSE, "It cost 1,000 dollars."));
  }

  @Test
  void otherLanguagesSplitAtPunctuationAlone() {
    String text = "Der Film ist lang and er ist gut, aber das Ende ist schwach.";
    assertEquals(
        List.of("Der Film ist lang and er ist gut,", "aber das Ende ist schwach."),
        split(Unit.CLAUSE, text, Locale.GERMAN));
    assertEquals(3, split(Unit.CLAUSE, text).size());
  }

  @Test
  void tokensAreTheModels() {
    assertEquals(List.of("good", "don", "t"), split(Unit.TOKEN, "good, don't!"));
    assertEquals(List.of("a b"), split(Unit.TEXT, " a b\n"));
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void piecesFollowEachOtherAndCoverEveryLetter(Unit unit) {
    SplittableRandom random = new SplittableRandom(99);
    List<String> parts =
        List.of(
            "word",
            "Dr.",
            "and",
            "but it",
            ", ",
            ". ",
            "! ",
            "… ",
            "\"",
            "(",
            ")",
            "👨‍👩‍👧",
            "🇫🇷",
            "שלום",
            "مَرْحَبًا",
            "İ",
            "e\u0301",
            "\n",
            "\n\n",
            " ",
            "3.5",
            "\u200f",
            "日本",
            "’s",
            "\ud83d",
            "\u0000");
    Splitter splitter = unit.splitter(Locale.ENGLISH, TOKENIZER);
    for (int round = 0; round < 1000; round++) {
      StringBuilder builder = new StringBuilder();
      for (int i = random.nextInt(15); i > 0; i--) {
        builder.append(parts.get(random.nextInt(parts.size())));
      }
      String text = builder.toString();
      boolean[] covered = new boolean[text.length()];
      int last = 0;
      for (Span span : splitter.split(text)) {
        assertTrue(span.length() > 0 && span.start() >= last, () -> span + " of " + text);
        assertEquals(span.of(text).strip(), span.of(text));
        last = span.end();
        for (int i = span.start(); i < span.end(); i++) {
          covered[i] = true;
        }
      }
      for (int i = 0; i < text.length(); i++) {
        int at = i;
        assertFalse(
            Character.isLetterOrDigit(text.charAt(i)) && !covered[i],
            () -> "left out at " + at + " of " + text);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void nothingHasNoPieces(Unit unit) {
    assertEquals(List.of(), split(unit, ""));
    assertEquals(List.of(), split(unit, " \t\n\u00a0"));
  }
}
