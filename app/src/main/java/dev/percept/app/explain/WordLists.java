package dev.percept.app.explain;

import dev.percept.bundle.ClassTexts;
import dev.percept.core.Span;
import dev.percept.core.Tensor;
import dev.percept.methods.craft.CraftResult;
import dev.percept.methods.text.LogOdds;
import dev.percept.text.Splitter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The words that carry each concept, over the excerpts in which it is strongest. */
final class WordLists {
  /** Excerpts of a concept whose words are looked at. */
  private static final int PROBES = 40;

  /** Words of a list. */
  private static final int LISTED = 12;

  /** Of the excerpts that have a concept, this share stands against all other texts. */
  private static final double STRONG = 0.1;

  private static final int FEWEST = 5;

  /** A word that stands in one place owes its value to that place as much as to itself. */
  private static final int DOUBT = 3;

  /** A code below this share of the concept's largest is none. */
  private static final double ACTIVE = 0.05;

  private final CraftResult result;
  private final TextUnits units;
  private final WordValues values;
  private final Splitter words;

  WordLists(CraftResult result, TextUnits units, WordValues values, Splitter words) {
    this.result = result;
    this.units = units;
    this.values = values;
    this.words = words;
  }

  /**
   * Lists of all concepts.
   *
   * @param scale what each concept's values are divided by
   * @param corpus how often each word stands in the whole file
   */
  List<ClassTexts.OfConcept> of(List<WordWay> ways, double[] scale, Map<String, Double> corpus) {
    int r = scale.length;
    TreeSet<Integer> probed = new TreeSet<>();
    List<List<Integer>> probes = new ArrayList<>();
    for (int k = 0; k < r; k++) {
      List<Integer> strongest = units.strongest(result.cropCodes(), k, PROBES);
      probes.add(strongest);
      probed.addAll(strongest);
    }
    List<Integer> all = List.copyOf(probed);
    List<String> texts = all.stream().map(u -> units.units().excerpt(u)).toList();
    List<List<Span>> spans = values.words(texts);
    int[] first = WordValues.offsets(spans);
    Map<WordWay, float[][]> found = new LinkedHashMap<>();
    for (WordWay way : ways) {
      // All words of a clause have its value: there is nothing to rank.
      if (way != WordWay.CLAUSES) {
        found.put(way, values.of(way, result.bank(), texts, spans));
      }
    }
    Map<Integer, Integer> place = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      place.put(all.get(i), i);
    }
    List<ClassTexts.OfConcept> lists = new ArrayList<>();
    for (int k = 0; k < r; k++) {
      List<ClassTexts.Ranked> by = new ArrayList<>();
      for (Map.Entry<WordWay, float[][]> entry : found.entrySet()) {
        Map<String, double[]> sums = new TreeMap<>();
        for (int unit : probes.get(k)) {
          int i = place.getOrDefault(unit, 0);
          for (int w = 0; w < spans.get(i).size(); w++) {
            String word = key(spans.get(i).get(w).of(texts.get(i)));
            double[] sum = sums.computeIfAbsent(word, x -> new double[2]);
            sum[0] += entry.getValue()[first[i] + w][k] / scale[k];
            sum[1]++;
          }
        }
        by.add(new ClassTexts.Ranked(entry.getKey().toString(), ranked(sums)));
      }
      by.add(new ClassTexts.Ranked("contrast", contrast(k, corpus)));
      lists.add(new ClassTexts.OfConcept(k, by));
    }
    return lists;
  }

  /** Means over places, as if each word had stood in {@link #DOUBT} more places with 0. */
  private static List<ClassTexts.Word> ranked(Map<String, double[]> sums) {
    return sums.entrySet().stream()
        .map(
            e ->
                new ClassTexts.Word(
                    e.getKey(),
                    e.getValue()[0] / (e.getValue()[1] + DOUBT),
                    (int) e.getValue()[1],
                    null))
        .filter(word -> word.value() > 0)
        .sorted(Comparator.comparingDouble((ClassTexts.Word w) -> -w.value()))
        .limit(LISTED)
        .toList();
  }

  private List<ClassTexts.Word> contrast(int concept, Map<String, Double> corpus) {
    List<Integer> ranked = units.strongest(result.cropCodes(), concept, Integer.MAX_VALUE);
    if (ranked.isEmpty()) {
      return List.of();
    }
    double active = ACTIVE * result.cropCodes().get(ranked.get(0), concept);
    long having = ranked.stream().filter(u -> result.cropCodes().get(u, concept) > active).count();
    long strong = Math.min(having, Math.max(FEWEST, Math.round(STRONG * having)));
    Map<String, Double> own = new HashMap<>();
    for (int unit : ranked.subList(0, (int) strong)) {
      String text = units.units().excerpt(unit);
      words.split(text).forEach(span -> own.merge(key(span.of(text)), 1.0, Double::sum));
    }
    Map<String, Double> others = new HashMap<>();
    corpus.forEach(
        (word, count) -> {
          double left = count - own.getOrDefault(word, 0.0);
          if (left > 0) {
            others.put(word, left);
          }
        });
    if (own.isEmpty() || others.isEmpty()) {
      return List.of();
    }
    return LogOdds.DEFAULT.compare(own, others).stream()
        .filter(w -> w.z() > 0 && w.count() >= 2)
        .limit(LISTED)
        .map(
            w ->
                new ClassTexts.Word(
                    w.word(), w.z(), (int) Math.round(w.count()), (int) Math.round(w.others())))
        .toList();
  }

  private static String key(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  /** The largest code of each concept in any excerpt; 1 where it has none. */
  static double[] scale(Tensor codes) {
    double[] scale = new double[codes.shape().dim(1)];
    for (int k = 0; k < scale.length; k++) {
      for (int i = 0; i < codes.rows(); i++) {
        scale[k] = Math.max(scale[k], codes.get(i, k));
      }
      scale[k] = scale[k] > 0 ? scale[k] : 1;
    }
    return scale;
  }
}
