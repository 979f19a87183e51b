package dev.percept.methods.map;

import java.util.List;

/**
 * Crops that stand for a concept, by their index.
 *
 * @param levels at several quantiles of the codes of the crops in which the concept is active, from
 *     the strongest down: the top alone would flatter the concept
 * @param counterExamples crops that look to the model as if the concept were there, but whose code
 *     is all but 0: something else explains them better. Most similar first
 */
public record ConceptCrops(List<Level> levels, List<Integer> counterExamples) {
  /**
   * Crops at one quantile, nearest to it first.
   *
   * @param quantile 1 for the strongest, 0.5 for the median
   * @param crops indices; fewer than asked for where the rest would be near-duplicates
   */
  public record Level(double quantile, List<Integer> crops) {
    public Level {
      crops = List.copyOf(crops);
    }
  }

  public ConceptCrops {
    levels = List.copyOf(levels);
    counterExamples = List.copyOf(counterExamples);
  }
}
