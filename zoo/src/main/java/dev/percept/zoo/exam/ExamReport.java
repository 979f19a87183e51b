package dev.percept.zoo.exam;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The result of an exam.
 *
 * @param species one entry a class
 * @param byConcept rank correlation of importance with the causal effect of the part shown, over
 *     the concepts of all classes; importance and effect are shares within their class
 * @param byPart the same over the parts of all classes
 * @param randomByConcept what random directions reach
 * @param channelsByConcept what single channels reach
 * @param sticker one entry a seed
 */
public record ExamReport(
    List<SpeciesReport> species,
    RankCorrelation byConcept,
    RankCorrelation byPart,
    RankCorrelation randomByConcept,
    RankCorrelation channelsByConcept,
    List<StickerTrial> sticker) {
  public ExamReport {
    species = List.copyOf(species);
    sticker = List.copyOf(sticker);
  }

  /** The mean of a mark over the parts of all classes. */
  public double mean(ToDoubleFunction<PartMark> mark) {
    return species.stream().flatMap(s -> s.parts().stream()).mapToDouble(mark).average().orElse(0);
  }

  /** In how many trials the sticker was found. */
  public long stickersFound() {
    return sticker.stream().filter(StickerTrial::found).count();
  }
}
