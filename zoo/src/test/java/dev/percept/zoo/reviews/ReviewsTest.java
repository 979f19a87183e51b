package dev.percept.zoo.reviews;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Span;
import dev.percept.zoo.Split;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReviewsTest {
  private static final List<Review> MANY =
      IntStream.range(0, 8800).mapToObj(i -> Reviews.review(Split.TUNE, i)).toList();

  @Test
  void aTextDependsOnItsSplitAndNumberAlone() {
    assertEquals(MANY.get(1234), Reviews.review(Split.TUNE, 1234));
    assertNotEquals(MANY.get(7).text(), Reviews.review(Split.EXAM, 7).text());
    assertEquals("review-tune-000003", MANY.get(3).name());
    // Fixed for ever: the committed model was trained on texts that are written like this.
    assertEquals("The product nourishes deeply overnight.", Reviews.review(Split.TUNE, 9).text());
  }

  @Test
  void topicsTakeTurnsAndCanBeAskedFor() {
    assertEquals(22, Topic.values().length);
    for (int i = 0; i < 44; i++) {
      assertEquals(i % 22, MANY.get(i).topic().index());
    }
    List<Review> price = Reviews.reviews(Split.TUNE, Topic.PRICE, 2, 5);
    assertEquals(3, price.size());
    assertEquals(MANY.get(2 * 22 + Topic.PRICE.index()), price.get(0));
  }

  @Test
  void everySpanIsAPhraseOfItsTopicsWords() {
    for (Review review : MANY) {
      assertFalse(review.spans(review.topic()).isEmpty(), review.text());
      int before = 0;
      for (Mention mention : review.mentions()) {
        Span span = mention.span();
        assertTrue(span.start() >= before && span.end() <= review.text().length());
        before = span.end();
        Set<String> words = words(span.of(review.text()));
        words.retainAll(Reviews.words(mention.topic()));
        assertFalse(words.isEmpty(), review.text() + ": " + mention);
      }
    }
  }

  @Test
  void outsideOfSpansNoWordBelongsToATopic() {
    Set<String> all = new TreeSet<>();
    for (Topic topic : Topic.values()) {
      all.addAll(Reviews.words(topic));
    }
    for (Review review : MANY) {
      StringBuilder rest = new StringBuilder(review.text());
      for (Mention mention : review.mentions()) {
        for (int i = mention.span().start(); i < mention.span().end(); i++) {
          rest.setCharAt(i, ' ');
        }
      }
      Set<String> words = words(rest.toString());
      words.retainAll(all);
      assertTrue(words.isEmpty(), review.text() + ": " + words);
    }
  }

  @Test
  void twoTopicsOverlapAndTwoDoNot() {
    double overlap = Reviews.overlap(Topic.PRESENTATION, Topic.DESIGN);
    assertEquals(0, Reviews.overlap(Topic.PRICE, Topic.INGREDIENTS));
    assertEquals(1, Reviews.overlap(Topic.PRICE, Topic.PRICE));
    assertTrue(overlap > 0.45, "overlap " + overlap);
    for (Topic a : Topic.values()) {
      for (Topic b : Topic.values()) {
        if (a != b && a.index() + b.index() != Topic.PRESENTATION.index() + Topic.DESIGN.index()) {
          assertTrue(Reviews.overlap(a, b) < overlap / 2, a + " and " + b);
        }
      }
    }
  }

  @Test
  void thereAreThousandsOfPhrases() {
    Set<String> phrases = new HashSet<>();
    for (Review review : MANY) {
      review
          .mentions()
          .forEach(m -> phrases.add(m.span().of(review.text()).toLowerCase(Locale.ROOT)));
    }
    assertTrue(phrases.size() > 5000, "phrases " + phrases.size());
  }

  @Test
  void noiseAndMixturesAreAsFrequentAsStated() {
    double noisy = MANY.stream().filter(r -> r.topic() != r.label()).count() / 8800.0;
    double mixed =
        MANY.stream()
                .filter(r -> r.mentions().stream().anyMatch(m -> m.topic() != r.topic()))
                .count()
            / 8800.0;
    // Four standard deviations of a share among 8,800.
    assertEquals(Reviews.LABEL_NOISE, noisy, 4 * Math.sqrt(0.05 * 0.95 / 8800));
    assertEquals(Reviews.MIXED, mixed, 4 * Math.sqrt(0.28 * 0.72 / 8800));
  }

  @Test
  void badNumbersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Reviews.review(Split.TUNE, -1));
    assertThrows(
        IllegalArgumentException.class, () -> GrammarFile.parse("[a]\nx = y\n").get("a", "z"));
  }

  private static Set<String> words(String text) {
    return new TreeSet<>(List.of(text.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)));
  }
}
