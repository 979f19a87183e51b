package dev.percept.methods.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Words that some texts have and others have not: log-odds ratio with an informative Dirichlet
 * prior. The prior is the distribution of words in both together, so that neither rare nor common
 * words win by their number alone.
 *
 * <p>Monroe, Colaresi and Quinn, Fightin' Words, Political Analysis 16 (2008), equations 15 to 22.
 * It knows words, not their order; two counts below about 5 say little, and the z-score then is
 * small.
 *
 * @param prior how many words the prior counts for, more than 0
 */
public record LogOdds(double prior) {
  /** So much that a word seen once or twice is not believed, so little that a hundred are. */
  public static final LogOdds DEFAULT = new LogOdds(500);

  public LogOdds {
    if (!(prior > 0) || Double.isInfinite(prior)) {
      throw new IllegalArgumentException("prior: more than 0, found " + prior);
    }
  }

  /**
   * A word.
   *
   * @param delta log-odds in the one texts less that in the others; 0 is alike
   * @param z delta over its standard deviation: beyond about 2 chance alone hardly gives it
   * @param count how often it stands in the one texts
   * @param others how often in the others
   */
  public record Word(String word, double delta, double z, double count, double others) {}

  /**
   * All words of either, the one texts' own first.
   *
   * @param one counts of words, each at least 0
   * @param others the same in other texts
   * @throws IllegalArgumentException if a count is negative or not finite, or one side is empty
   */
  public List<Word> compare(Map<String, Double> one, Map<String, Double> others) {
    double n = total("one", one);
    double m = total("others", others);
    TreeMap<String, double[]> both = new TreeMap<>();
    one.forEach((word, count) -> both.computeIfAbsent(word, w -> new double[2])[0] += count);
    others.forEach((word, count) -> both.computeIfAbsent(word, w -> new double[2])[1] += count);
    List<Word> words = new ArrayList<>();
    both.forEach(
        (word, counts) -> {
          double alpha = prior * (counts[0] + counts[1]) / (n + m);
          double a = counts[0] + alpha;
          double b = counts[1] + alpha;
          double delta = Math.log(a / (n + prior - a)) - Math.log(b / (m + prior - b));
          double z = delta / Math.sqrt(1 / a + 1 / b);
          // A word that is all there is has no odds, and one that never occurs none either.
          if (Double.isFinite(z)) {
            words.add(new Word(word, delta, z, counts[0], counts[1]));
          }
        });
    words.sort(Comparator.comparingDouble((Word w) -> -w.z()).thenComparing(Word::word));
    return words;
  }

  private static double total(String name, Map<String, Double> counts) {
    double sum = 0;
    for (Map.Entry<String, Double> entry : counts.entrySet()) {
      double count = entry.getValue();
      if (!(count >= 0) || Double.isInfinite(count)) {
        throw new IllegalArgumentException(
            name + ": counts of at least 0, found " + count + " of '" + entry.getKey() + "'");
      }
      sum += count;
    }
    if (sum <= 0) {
      throw new IllegalArgumentException(name + ": at least one word, found none");
    }
    return sum;
  }
}
