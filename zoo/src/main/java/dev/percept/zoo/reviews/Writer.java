package dev.percept.zoo.reviews;

import dev.percept.core.Span;
import dev.percept.zoo.Dice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes phrases, clauses and texts. */
final class Writer {
  private final Lexicon lexicon;
  private final GrammarFile frames;

  Writer(Lexicon lexicon, GrammarFile frames) {
    this.lexicon = lexicon;
    this.frames = frames;
  }

  /**
   * A piece of a text.
   *
   * @param topic what it speaks of; null for nothing
   * @param start where its phrase begins in it
   * @param end where that ends
   */
  record Clause(String text, @Nullable Topic topic, int start, int end) {}

  /** A clause about nothing. */
  Clause filler(Dice dice) {
    return new Clause(frame("filler", dice), null, 0, 0);
  }

  /**
   * A clause about {@code topic}.
   *
   * @param stressed whether it says that this is what counts
   */
  Clause about(Topic topic, boolean stressed, Dice dice) {
    Lexicon.Pool pool = lexicon.pick(topic, dice);
    String kind = "verbal";
    String phrase;
    double pattern = dice.in(0, 1);
    if (pattern < 0.35) {
      phrase =
          words(
              frame("the", dice),
              dice.of(pool.nouns()),
              frame("is", dice),
              frame("degree", dice),
              dice.of(pool.traits()));
    } else if (pattern < 0.6) {
      kind = "nominal";
      phrase = words(frame("the", dice), dice.of(pool.traits()), dice.of(pool.nouns()));
    } else {
      phrase = words(frame("it", dice), dice.of(pool.acts()));
    }
    String around = frame(stressed ? kind + " main" : kind, dice);
    int start = around.indexOf("{}");
    return new Clause(around.replace("{}", phrase), topic, start, start + phrase.length());
  }

  /** Clauses as a text, and where their phrases stand in it. */
  String join(List<Clause> clauses, List<Mention> mentions, Dice dice) {
    StringBuilder text = new StringBuilder();
    for (Clause clause : clauses) {
      if (text.length() > 0) {
        text.append(frame("join", dice)).append(' ');
      }
      int at = text.length();
      text.append(clause.text());
      if (clause.topic() != null) {
        mentions.add(new Mention(clause.topic(), new Span(at + clause.start(), at + clause.end())));
      }
    }
    text.append(dice.chance(0.15) ? '!' : '.');
    return capitals(text);
  }

  /** The same letters, large where English has them. */
  private static String capitals(StringBuilder text) {
    for (int i = 0; i < text.length(); i++) {
      boolean first = i == 0 || (i > 1 && text.charAt(i - 2) == '.');
      boolean pronoun =
          text.charAt(i) == 'i'
              && (i == 0 || text.charAt(i - 1) == ' ')
              && i + 1 < text.length()
              && text.charAt(i + 1) == ' ';
      if (first || pronoun) {
        text.setCharAt(i, Character.toUpperCase(text.charAt(i)));
      }
    }
    return text.toString();
  }

  private String frame(String key, Dice dice) {
    return dice.of(frames.get("", key));
  }

  private static String words(String... parts) {
    List<String> kept = new ArrayList<>();
    for (String part : parts) {
      if (!part.isEmpty()) {
        kept.add(part);
      }
    }
    return String.join(" ", kept);
  }
}
