package dev.percept.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.percept.core.Shape;
import dev.percept.core.Span;
import dev.percept.core.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LazyTextsTest {
  /** A token a letter, between one that opens and one that closes; others are not known. */
  private static final Tokenizer LETTERS =
      new Tokenizer() {
        @Override
        public Encoding encode(String text, int maxTokens) {
          List<Integer> letters =
              IntStream.range(0, text.length())
                  .filter(i -> Character.isLetter(text.charAt(i)))
                  .limit(maxTokens)
                  .boxed()
                  .toList();
          return new Encoding(
              letters.stream().map(i -> (int) text.charAt(i)).toList(),
              letters.stream().map(i -> 1).toList(),
              letters.stream().map(i -> new Span(i, i + 1)).toList(),
              false);
        }

        @Override
        public void close() {}
      };

  @Test
  void tokensStandBeforePaddingInThreeRows() {
    Tensor batch = LazyTexts.of(List.of("\uffdca"), LETTERS, 3).batch(0, 1);
    assertEquals(Shape.of(1, 3, 3), batch.shape());
    float[] expected = {0xffdc, 'a', 0, 1, 1, 0, 1, 1, 0};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], batch.get(i), "value " + i);
    }
  }

  @Test
  void excerptsStandFromShortToLongAndKnowTheirTexts() {
    LazyTexts texts = LazyTexts.of(List.of("It lasts all day. Yes!", "Sold out? 42!"), LETTERS, 64);
    Excerpts sentences = Excerpts.of(texts, Unit.SENTENCE.splitter(Locale.ENGLISH, LETTERS));
    // "42!" has no token that this tokenizer knows.
    assertEquals(
        List.of("Yes!", "Sold out?", "It lasts all day."),
        IntStream.range(0, sentences.size()).mapToObj(sentences::excerpt).toList());
    assertEquals(List.of(0, 1, 0), sentences.places().stream().map(Excerpts.Place::text).toList());
    assertEquals("text 2", sentences.name(1));
    for (int i = 0; i < sentences.size(); i++) {
      Excerpts.Place place = sentences.places().get(i);
      assertEquals(
          sentences.excerpt(i), place.span().of(texts.texts().get(place.text())), "place " + i);
    }
    assertEquals('Y', sentences.batch(0, 1).get(0));
  }

  @Test
  void noTextsGiveNoExcerpts() {
    LazyTexts none = LazyTexts.of(List.of(), LETTERS, 8);
    assertEquals(0, Excerpts.of(none, Unit.WORD.splitter(Locale.ENGLISH, LETTERS)).size());
  }
}
