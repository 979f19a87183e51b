package dev.percept.zoo.reviews;

import dev.percept.core.Span;
import dev.percept.zoo.Split;
import java.util.List;
import java.util.Locale;

/**
 * One text with its truth.
 *
 * @param split where it is used
 * @param index its number there
 * @param text what is written
 * @param topic what it is mainly about
 * @param label what it is said to be about: another topic, by mistake, in a few of a hundred
 * @param mentions every phrase that speaks of a topic, from left to right
 */
public record Review(
    Split split, int index, String text, Topic topic, Topic label, List<Mention> mentions) {
  public Review {
    mentions = List.copyOf(mentions);
  }

  /** A name for pages and files, for example {@code review-demo-000014}. */
  public String name() {
    return "review-%s-%06d".formatted(split.name().toLowerCase(Locale.ROOT), index);
  }

  /** Where {@code topic} is spoken of. */
  public List<Span> spans(Topic topic) {
    return mentions.stream().filter(m -> m.topic() == topic).map(Mention::span).toList();
  }
}
