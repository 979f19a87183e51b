package dev.percept.zoo.exam;

import dev.percept.zoo.Species;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The exam's result for one species.
 *
 * @param species the class
 * @param scenes how many pictures were marked
 * @param parts one entry a part, in the order of {@link dev.percept.zoo.Part}
 * @param concepts one entry a concept
 * @param byConcept rank correlation of the importance of a concept with the size of the causal
 *     effect of the part that it shows, over concepts
 * @param byPart rank correlation of the importance of all concepts that show a part with the size
 *     of its causal effect, over parts
 */
public record SpeciesReport(
    Species species,
    int scenes,
    List<PartMark> parts,
    List<ConceptMark> concepts,
    RankCorrelation byConcept,
    RankCorrelation byPart) {
  public SpeciesReport {
    parts = List.copyOf(parts);
    concepts = List.copyOf(concepts);
  }

  /** The mean of a mark over the parts. */
  public double mean(ToDoubleFunction<PartMark> mark) {
    return parts.stream().mapToDouble(mark).average().orElse(0);
  }
}
