package dev.percept.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every tokenizer does. */
abstract class TokenizerContract {
  private static final int MANY = 100_000;

  /** Pieces of scripts, with what is hard about each. */
  private static final List<String> PIECES =
      List.of(
          "hello",
          "Hello",
          "café",
          "cafe\u0301",
          "😀",
          "👨‍👩‍👧",
          "🇫🇷",
          "שלום",
          "مَرْحَبًا",
          "İstanbul",
          "ılık",
          "日本語",
          "नमस्ते",
          "ﬁn",
          "\u0001",
          "\u0000",
          "\ud83d",
          "\ude00",
          "\u200f",
          "\u00ad",
          "don't",
          "don’t",
          "…",
          "!",
          "3.14",
          " ",
          "\t",
          "\n",
          "\u0085",
          "\u00a0",
          "\u3000");

  private Tokenizer tokenizer;

  /** A tokenizer that knows the words {@code hello} and {@code world}. */
  abstract Tokenizer make();

  @BeforeEach
  void open() {
    tokenizer = make();
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void spansLieInTheTextInOrderAndOnWholeCharacters() {
    SplittableRandom random = new SplittableRandom(20240611);
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      check(text.toString());
    }
  }

  private void check(String text) {
    Encoding all = tokenizer.encode(text, MANY);
    int last = 0;
    for (Span span : all.spans()) {
      if (span.length() == 0) {
        continue;
      }
      assertTrue(span.end() <= text.length(), () -> span + " of " + text);
      assertTrue(span.start() >= last, () -> span + " goes back in " + text);
      last = span.start();
      assertFalse(splitsPair(text, span.start()), () -> span + " begins within a character");
      assertFalse(splitsPair(text, span.end()), () -> span + " ends within a character");
    }
  }

  private static boolean splitsPair(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isHighSurrogate(text.charAt(at - 1))
        && Character.isLowSurrogate(text.charAt(at));
  }

  @Test
  void aKnownWordStandsWhereItStands() {
    int known = idOf("hello", "hello");
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      List<Integer> starts = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        if (random.nextBoolean()) {
          starts.add(text.length());
          text.append("hello");
        } else {
          text.append(PIECES.get(2 + random.nextInt(PIECES.size() - 2)));
        }
        text.append(' ');
      }
      Encoding all = tokenizer.encode(text.toString(), MANY);
      List<Integer> found =
          IntStream.range(0, all.size())
              .filter(t -> all.ids().get(t) == known)
              .mapToObj(t -> all.spans().get(t).start())
              .toList();
      assertEquals(starts, found, text::toString);
    }
  }

  private int idOf(String word, String text) {
    Encoding all = tokenizer.encode(text, MANY);
    for (int t = 0; t < all.size(); t++) {
      if (all.spans().get(t).of(text).equals(word)) {
        return all.ids().get(t);
      }
    }
    throw new AssertionError("no token '" + word + "' in '" + text + "'");
  }

  @Test
  void aLongTextLosesItsEndAndKeepsWhatTheModelNeeds() {
    String text = "hello world ".repeat(20);
    Encoding whole = tokenizer.encode(text, MANY);
    Encoding cut = tokenizer.encode(text, 8);
    assertFalse(whole.truncated());
    assertTrue(cut.truncated());
    assertEquals(8, cut.size());
    Encoding special = tokenizer.encode("", MANY);
    assertTrue(cut.ids().containsAll(special.ids()));
    Encoding exact = tokenizer.encode(text, whole.size());
    assertEquals(whole, exact);
  }

  @Test
  void theSameTextGivesTheSameTokensFromManyThreads() {
    String text = "hello world hello ".repeat(30);
    Encoding once = tokenizer.encode(text, MANY);
    assertTrue(
        IntStream.range(0, 200)
            .parallel()
            .allMatch(i -> tokenizer.encode(text, MANY).equals(once)));
  }

  @Test
  void anEmptyTextHasSpecialTokensAlone() {
    assertTrue(tokenizer.encode("", MANY).spans().stream().allMatch(s -> s.length() == 0));
    assertTrue(tokenizer.encode(" \n\t", MANY).spans().stream().allMatch(s -> s.length() == 0));
  }

  @Test
  void tooFewTokensForTheSpecialOnesAreRefused() {
    if (tokenizer.encode("", MANY).size() > 0) {
      assertThrows(IllegalArgumentException.class, () -> tokenizer.encode("hello", 0));
    }
  }
}
