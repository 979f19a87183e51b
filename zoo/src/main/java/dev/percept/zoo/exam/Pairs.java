package dev.percept.zoo.exam;

import dev.percept.core.Run;
import dev.percept.zoo.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Pairs of an importance and a causal effect, as shares within their class, so that classes can be
 * pooled. Importance has no sign; the effect's size is taken.
 */
final class Pairs {
  private final List<Double> importance = new ArrayList<>();
  private final List<Double> effect = new ArrayList<>();

  /** One pair a concept: its importance, and the effect of the part that it shows. */
  void addConcepts(Explained explained, Marks marks, Map<Part, Double> effects) {
    List<Double> shares = explained.shares();
    for (int k = 0; k < shares.size(); k++) {
      add(shares.get(k), size(marks.shownBy(k), effects));
    }
  }

  /** One pair a part: the importance of all concepts that show it, and its effect. */
  void addParts(Explained explained, Marks marks, Map<Part, Double> effects) {
    Map<Part, Double> sums = new EnumMap<>(Part.class);
    List<Double> shares = explained.shares();
    for (int k = 0; k < shares.size(); k++) {
      sums.merge(marks.shownBy(k), shares.get(k), Double::sum);
    }
    for (Part part : effects.keySet()) {
      add(sums.getOrDefault(part, 0.0), size(part, effects));
    }
  }

  private void add(double importance, double effect) {
    this.importance.add(importance);
    this.effect.add(effect);
  }

  private static double size(Part part, Map<Part, Double> effects) {
    double sum = effects.values().stream().mapToDouble(Math::abs).sum();
    return sum > 0 ? Math.abs(effects.getOrDefault(part, 0.0)) / sum : 0;
  }

  /** Their rank correlation. */
  RankCorrelation correlation(Run run) {
    return RankCorrelation.of(array(importance), array(effect), run.random("exam.bootstrap"));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
