package dev.percept.zoo.reviews;

import dev.percept.zoo.Dice;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The words of the topics, their own and those that two of them share. */
final class Lexicon {
  /** Words that hold phrases together, in no topic's possession. */
  private static final Set<String> FUNCTION =
      Set.of(
          "a", "as", "but", "the", "its", "my", "me", "to", "of", "in", "on", "at", "by", "with",
          "without", "for", "from", "after", "before", "until", "within", "it", "is", "are", "was",
          "were", "be", "been", "has", "have", "and", "or", "than", "out", "off", "up", "all", "an",
          "like", "per", "when", "too", "around", "down", "so", "will", "into", "them", "one",
          "half");

  /** What phrases are made from. */
  record Pool(List<String> nouns, List<String> traits, List<String> acts, double share) {
    Set<String> words() {
      Set<String> words = new TreeSet<>();
      for (List<String> some : List.of(nouns, traits, acts)) {
        some.forEach(s -> words.addAll(List.of(s.split(" ", -1))));
      }
      words.removeAll(FUNCTION);
      return words;
    }
  }

  private final Map<Topic, List<Pool>> pools = new EnumMap<>(Topic.class);

  /** The lexicon of a file whose sections are topics, or two with a plus between them. */
  Lexicon(GrammarFile file) {
    for (Topic topic : Topic.values()) {
      List<Pool> all = new ArrayList<>();
      all.add(pool(file, topic.label(), 1));
      for (String section : file.sections().keySet()) {
        if (section.contains("+") && List.of(section.split("\\+", -1)).contains(topic.label())) {
          double share = Double.parseDouble(file.get(section, "share").get(0));
          all.add(pool(file, section, share));
        }
      }
      pools.put(topic, all);
    }
  }

  private static Pool pool(GrammarFile file, String section, double share) {
    return new Pool(
        file.get(section, "noun"), file.get(section, "trait"), file.get(section, "act"), share);
  }

  /** Where the words of a phrase about {@code topic} come from this time. */
  Pool pick(Topic topic, Dice dice) {
    List<Pool> all = of(topic);
    for (Pool shared : all.subList(1, all.size())) {
      if (dice.chance(shared.share())) {
        return shared;
      }
    }
    return all.get(0);
  }

  /** All words of a topic that mean something. */
  Set<String> words(Topic topic) {
    Set<String> words = new TreeSet<>();
    of(topic).forEach(pool -> words.addAll(pool.words()));
    return words;
  }

  private List<Pool> of(Topic topic) {
    List<Pool> all = pools.get(topic);
    if (all == null) {
      throw new IllegalStateException("every topic has words");
    }
    return all;
  }
}
