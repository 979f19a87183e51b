package dev.percept.text;

import dev.percept.core.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Clauses: sentences, split behind commas, semicolons, colons, dashes and brackets and, in English,
 * before words that join clauses. A piece of fewer than three words belongs to the one before it,
 * so that lists ("good, cheap and quick") stay whole.
 */
final class Clauses implements Splitter {
  private static final int FEWEST_WORDS = 3;

  private static final Set<String> JOINING =
      Set.of(
          "and",
          "but",
          "or",
          "nor",
          "so",
          "yet",
          "because",
          "although",
          "though",
          "while",
          "whereas",
          "unless",
          "until",
          "when",
          "if",
          "which",
          "who",
          "however",
          "except",
          "since",
          "even",
          "after",
          "before",
          "where");

  private final Splitter sentences;
  private final Splitter words;
  private final boolean english;

  Clauses(Locale language) {
    this.sentences = new Sentences(language);
    this.words = new Words(language);
    this.english = language.getLanguage().equals(Locale.ENGLISH.getLanguage());
  }

  @Override
  public List<Span> split(String text) {
    List<Span> clauses = new ArrayList<>();
    for (Span sentence : sentences.split(text)) {
      clauses.addAll(clauses(text, sentence));
    }
    return clauses;
  }

  private List<Span> clauses(String text, Span sentence) {
    List<Span> inside =
        words.split(sentence.of(text)).stream()
            .map(w -> new Span(sentence.start() + w.start(), sentence.start() + w.end()))
            .toList();
    List<Integer> begins = begins(text, inside);
    List<Span> clauses = new ArrayList<>();
    for (int c = 0; c < begins.size(); c++) {
      int start = c == 0 ? sentence.start() : opening(text, inside, begins.get(c));
      int end = c + 1 == begins.size() ? sentence.end() : opening(text, inside, begins.get(c + 1));
      clauses.add(Pieces.trim(text, start, end));
    }
    return clauses;
  }

  /** Words with which clauses begin. */
  private List<Integer> begins(String text, List<Span> words) {
    List<Integer> candidates = new ArrayList<>(List.of(0));
    for (int i = 1; i < words.size(); i++) {
      String between = text.substring(words.get(i - 1).end(), words.get(i).start());
      String word = words.get(i).of(text).toLowerCase(Locale.ROOT);
      if (hasMark(between) || (english && JOINING.contains(word))) {
        candidates.add(i);
      }
    }
    List<Integer> begins = new ArrayList<>(List.of(0));
    for (int c = 1; c < candidates.size(); c++) {
      int at = candidates.get(c);
      int next = c + 1 < candidates.size() ? candidates.get(c + 1) : words.size();
      boolean longEnough = next - at >= FEWEST_WORDS;
      boolean beforeToo = at - begins.get(begins.size() - 1) >= FEWEST_WORDS;
      if (longEnough && beforeToo) {
        begins.add(at);
      }
    }
    return begins;
  }

  /** Where a clause begins: quotes and brackets that open before its first word are its own. */
  private static int opening(String text, List<Span> words, int word) {
    int at = words.get(word).start();
    int behind = words.get(word - 1).end();
    while (at > behind && "\"'“‘([{«".indexOf(text.charAt(at - 1)) >= 0) {
      at--;
    }
    return at;
  }

  private static boolean hasMark(String between) {
    return between.codePoints().anyMatch(c -> ",;:()[]—–、，；：،؛".indexOf(c) >= 0)
        || between.contains(" - ")
        || between.contains("--");
  }
}
