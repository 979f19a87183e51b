package dev.percept.zoo.reviews;

import dev.percept.zoo.Dice;
import dev.percept.zoo.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Short texts about cosmetics, written by a grammar, with what no collection of reviews has: the
 * truth. Each has one to three clauses and is mainly about one of 22 {@link Topic}s; the phrases
 * that say so are marked. Some texts speak of a second topic, and then say, by a word or by their
 * order, but not always, which of the two counts. Some labels are wrong. {@link Topic#PRESENTATION}
 * and {@link Topic#DESIGN} share most of their words, {@link Topic#PRICE} and {@link
 * Topic#INGREDIENTS} none.
 *
 * <p>A text depends on its split and number alone.
 */
public final class Reviews {
  /** How often the label is another topic, drawn at random. */
  public static final double LABEL_NOISE = 0.05;

  /** How often a text speaks of a second topic. */
  public static final double MIXED = 0.28;

  /** How often a text that speaks of a second topic says which one counts. */
  private static final double STRESSED = 0.4;

  /** How often, where it does not, the topic that counts comes second. */
  private static final double SECOND = 0.25;

  private static final Lexicon LEXICON = new Lexicon(GrammarFile.read("grammar.txt"));
  private static final GrammarFile FRAMES = GrammarFile.read("frames.txt");
  private static final Writer WRITER = new Writer(LEXICON, FRAMES);

  private Reviews() {}

  /** The names of the classes, in the order of the model's logits. */
  public static List<String> labels() {
    return Stream.of(Topic.values()).map(Topic::label).toList();
  }

  /** The words of a topic that mean something, those included that it shares. */
  public static Set<String> words(Topic topic) {
    return LEXICON.words(topic);
  }

  /** Intersection over union of the words of two topics. */
  public static double overlap(Topic a, Topic b) {
    Set<String> both = new TreeSet<>(words(a));
    both.retainAll(words(b));
    Set<String> all = new TreeSet<>(words(a));
    all.addAll(words(b));
    return (double) both.size() / all.size();
  }

  /**
   * Text {@code index} of a split. Topics take turns.
   *
   * @throws IllegalArgumentException if {@code index} is negative
   */
  public static Review review(Split split, int index) {
    if (index < 0) {
      throw new IllegalArgumentException("review: index must be at least 0, found " + index);
    }
    Topic[] all = Topic.values();
    Topic topic = all[index % all.length];
    // One stream a text: an odd factor, then SplittableRandom's own mixing.
    Dice dice =
        new Dice(((split.stream() + 1) * 0xbf58476d1ce4e5b9L) ^ (index * 0x94d049bb133111ebL));
    List<Mention> mentions = new ArrayList<>();
    String text = WRITER.join(clauses(topic, dice), mentions, dice);
    Topic label = dice.chance(LABEL_NOISE) ? other(topic, dice) : topic;
    return new Review(split, index, text, topic, label, mentions);
  }

  /** Texts {@code from} to {@code to - 1} among those mainly about {@code topic}. */
  public static List<Review> reviews(Split split, Topic topic, int from, int to) {
    int step = Topic.values().length;
    return IntStream.range(from, to)
        .mapToObj(k -> review(split, k * step + topic.index()))
        .toList();
  }

  private static List<Writer.Clause> clauses(Topic topic, Dice dice) {
    List<Writer.Clause> clauses = new ArrayList<>();
    if (dice.chance(MIXED)) {
      boolean stressed = dice.chance(STRESSED);
      boolean first = stressed ? dice.chance(0.5) : !dice.chance(SECOND);
      clauses.add(WRITER.about(other(topic, dice), false, dice));
      clauses.add(first ? 0 : 1, WRITER.about(topic, stressed, dice));
    } else {
      clauses.add(WRITER.about(topic, dice.chance(0.1), dice));
      if (dice.chance(0.2)) {
        clauses.add(WRITER.about(topic, false, dice));
      }
    }
    while (clauses.size() < 3 && dice.chance(0.3)) {
      clauses.add(dice.integer(clauses.size() + 1), WRITER.filler(dice));
    }
    return clauses;
  }

  private static Topic other(Topic topic, Dice dice) {
    Topic[] all = Topic.values();
    return all[(topic.index() + 1 + dice.integer(all.length - 1)) % all.length];
  }
}
