package dev.percept.methods.metric.c2;

import dev.percept.core.Run;
import dev.percept.methods.metric.attribution.BootstrapMean;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The C²-score (Parchami-Araghi et al., FaCT, NeurIPS 2025): whether what a concept shows in
 * different pictures looks alike to a judge that knows nothing of the explained network. What a
 * concept shows in a picture is encoded as the mean of the judge's features, weighted by the
 * positive part of the concept's map, less the mean of the data set; the score is the mean pairwise
 * cosine of its encodings, weighted by presence, less that of a random concept.
 *
 * <p>It says nothing of whether the network uses the concept, and it is only as good as its judge.
 *
 * @param concepts that could be marked, in their order
 * @param skipped that could not: there in too few pictures
 * @param baseline a random concept: in every picture a random map, present by its sum
 * @param overall over the concepts; null where none could be marked
 */
public record C2Score(
    List<OfConcept> concepts,
    List<Skipped> skipped,
    WeightedCosine baseline,
    @Nullable Overall overall) {

  public C2Score {
    concepts = List.copyOf(concepts);
    skipped = List.copyOf(skipped);
  }

  /**
   * Which pictures a concept is marked on: those where it is most present.
   *
   * @param share of the pictures where it is there at all, more than 0 to 1
   * @param atLeast pictures, where it is there in that many
   * @param fewest pictures that make a mark; at least 3
   * @param batch pictures that the judge looks at at once
   */
  public record Options(double share, int atLeast, int fewest, int batch) {
    /** 5 %, but 10 where there are 10; none under 5. */
    public static final Options DEFAULT = new Options(0.05, 10, 5, 16);

    public Options {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("share: more than 0, at most 1, found " + share);
      }
      if (fewest < 3 || atLeast < fewest) {
        throw new IllegalArgumentException(
            "pictures of a concept: at least 3, and the usual least not fewer, found "
                + fewest
                + " and "
                + atLeast);
      }
      if (batch < 1) {
        throw new IllegalArgumentException("batch: at least 1, found " + batch);
      }
    }

    /** How many of the pictures where a concept is there. */
    int of(int active) {
      return Math.min(active, Math.max(atLeast, (int) Math.ceil(share * active - 1e-9)));
    }
  }

  /**
   * The mark of one concept.
   *
   * @param concept its number
   * @param active in how many pictures it is there
   * @param alike mean pairwise cosine of its encodings, before the baseline is taken off
   * @param score {@code alike} less the baseline
   * @param low lower end of the 95 % interval of {@code score} over its pictures (jackknife)
   * @param high upper end
   * @param anywhere random maps on the same pictures, less the baseline: what choosing these
   *     pictures is worth. A concept of one class is not to be credited with what its pictures have
   *     in common
   * @param elsewhere the same maps laid on pictures drawn by chance, less the baseline: what their
   *     size and place alone are worth
   * @param size mean share of a picture that holds 80 % of its map, with an interval over pictures
   */
  public record OfConcept(
      int concept,
      int active,
      WeightedCosine alike,
      double score,
      double low,
      double high,
      double anywhere,
      double elsewhere,
      BootstrapMean size) {}

  /**
   * A concept without a mark.
   *
   * @param concept its number
   * @param active in how many pictures it is there
   * @param shown in how many of them it has a map that is anywhere positive
   */
  public record Skipped(int concept, int active, int shown) {}

  /**
   * All concepts together, each counted once.
   *
   * @param score mean score, with a bootstrap interval over concepts: what other concepts of the
   *     same kind would give
   * @param pictureLow lower end of the interval over pictures: what other pictures would give these
   *     concepts (jackknife)
   * @param pictureHigh upper end
   * @param anywhere mean of random maps on the same pictures, with an interval over concepts
   * @param aboveAnywhere by how much the score is above that, concept by concept
   * @param elsewhere mean of the same maps laid on pictures drawn by chance, with an interval over
   *     concepts
   * @param size mean share of a picture, with an interval over concepts
   */
  public record Overall(
      BootstrapMean score,
      double pictureLow,
      double pictureHigh,
      BootstrapMean anywhere,
      BootstrapMean aboveAnywhere,
      BootstrapMean elsewhere,
      BootstrapMean size) {}

  /**
   * Marks the concepts of a method.
   *
   * @param maps what the method says, of the judge's pictures in their order
   * @throws IllegalArgumentException if the pictures differ in number or are fewer than 4, or a
   *     presence or a map is not finite
   */
  public static C2Score measure(ConceptMaps maps, Judge judge, Options options, Run run) {
    return new C2Marking(maps, judge, options, run).marks();
  }
}
