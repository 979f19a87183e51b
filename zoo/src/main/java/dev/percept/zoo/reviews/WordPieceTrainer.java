package dev.percept.zoo.reviews;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pieces of a WordPiece vocabulary: beginning with letters, the two neighbours that stand
 * together most often become one piece, again and again. Of two pairs equally frequent the one that
 * comes first in the alphabet is taken, so the same texts give the same vocabulary.
 *
 * <p>Source: Sennrich et al., Neural Machine Translation of Rare Words with Subword Units, ACL
 * 2016; the pieces are written, and used by the longest match, as in BERT.
 */
final class WordPieceTrainer {
  private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+|[^\\s\\p{L}\\p{N}]");

  private WordPieceTrainer() {}

  /** A word and how often it occurs, in the pieces that it has now. */
  private record Counted(List<String> pieces, int count) {}

  private record Pair(String left, String right) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int first = left.compareTo(other.left);
      return first != 0 ? first : right.compareTo(other.right);
    }

    String joined() {
      return left + right.substring(2);
    }
  }

  /**
   * A vocabulary.
   *
   * @param texts whose words are counted, in lower case
   * @param size how many pieces, special ones included; fewer where the texts have no more
   */
  static List<String> train(Iterable<String> texts, int size) {
    List<Counted> words = new ArrayList<>();
    Set<String> letters = new TreeSet<>();
    count(texts)
        .forEach(
            (word, count) -> {
              List<String> pieces = split(word);
              letters.addAll(pieces);
              words.add(new Counted(pieces, count));
            });
    Set<String> vocabulary = new LinkedHashSet<>(SPECIAL);
    vocabulary.addAll(letters);
    while (vocabulary.size() < size) {
      Pair best = mostFrequent(words);
      if (best == null) {
        break;
      }
      vocabulary.add(best.joined());
      words.replaceAll(word -> new Counted(merged(word.pieces(), best), word.count()));
    }
    return List.copyOf(vocabulary);
  }

  private static Map<String, Integer> count(Iterable<String> texts) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String text : texts) {
      Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
      while (matcher.find()) {
        counts.merge(matcher.group(), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static List<String> split(String word) {
    List<String> pieces = new ArrayList<>();
    word.codePoints()
        .forEach(c -> pieces.add((pieces.isEmpty() ? "" : "##") + Character.toString(c)));
    return pieces;
  }

  private static @Nullable Pair mostFrequent(List<Counted> words) {
    Map<Pair, Integer> counts = new HashMap<>();
    for (Counted word : words) {
      for (int i = 0; i + 1 < word.pieces().size(); i++) {
        counts.merge(
            new Pair(word.pieces().get(i), word.pieces().get(i + 1)), word.count(), Integer::sum);
      }
    }
    Pair best = null;
    int most = 0;
    for (Map.Entry<Pair, Integer> e : counts.entrySet()) {
      boolean more = e.getValue() > most;
      boolean earlier = e.getValue() == most && best != null && e.getKey().compareTo(best) < 0;
      if (more || earlier) {
        best = e.getKey();
        most = e.getValue();
      }
    }
    return best;
  }

  private static List<String> merged(List<String> pieces, Pair pair) {
    List<String> merged = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      boolean here =
          i + 1 < pieces.size()
              && pieces.get(i).equals(pair.left())
              && pieces.get(i + 1).equals(pair.right());
      merged.add(here ? pair.joined() : pieces.get(i));
      i += here ? 1 : 0;
    }
    return merged;
  }
}
