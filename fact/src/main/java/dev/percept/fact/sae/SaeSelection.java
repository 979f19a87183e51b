package dev.percept.fact.sae;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which autoencoder to take. Of the checkpoints of one training the one with which the network is
 * right most often, as the released FaCT does. Of several sizes the sparsest with which the network
 * loses little: sparser explanations are shorter, but only of a network that still works.
 */
public final class SaeSelection {
  /** What the network may lose: 3 of 100 pictures, as much as in the paper at most. */
  public static final double MAX_DROP = 0.03;

  private final List<Candidate> best;
  private final Candidate chosen;
  private final double drop;

  private SaeSelection(List<Candidate> best, Candidate chosen, double drop) {
    this.best = List.copyOf(best);
    this.chosen = chosen;
    this.drop = drop;
  }

  /** A checkpoint and how the network does with it. */
  public record Candidate(SaeTrainer.Checkpoint checkpoint, SaeEvaluation.Quality quality) {
    /** Share of right answers, or of those that stay where no classes are known. */
    public double score() {
      return Double.isNaN(quality.accuracy()) ? quality.kept() : quality.accuracy();
    }
  }

  /**
   * Chooses.
   *
   * @param candidates at least one
   * @param accuracy of the network alone; NaN where no classes are known
   * @param maxDrop what may be lost, from 0 to 1
   */
  public static SaeSelection of(List<Candidate> candidates, double accuracy, double maxDrop) {
    if (candidates.isEmpty() || !(maxDrop >= 0 && maxDrop <= 1)) {
      throw new IllegalArgumentException(
          "candidates, largest drop: at least 1 and from 0 to 1, found "
              + candidates.size()
              + " and "
              + maxDrop);
    }
    double reference = Double.isNaN(accuracy) ? 1 : accuracy;
    Map<SaeSpec, Candidate> best = new LinkedHashMap<>();
    for (Candidate c : candidates) {
      // Of equal ones the one that was trained longer.
      best.merge(c.checkpoint().spec(), c, (a, b) -> a.score() > b.score() ? a : b);
    }
    List<Candidate> each = new ArrayList<>(best.values());
    Candidate chosen =
        each.stream()
            .filter(c -> reference - c.score() <= maxDrop)
            .min(
                Comparator.comparingDouble((Candidate c) -> c.quality().l0())
                    .thenComparingDouble(c -> -c.score())
                    .thenComparingInt(c -> c.checkpoint().spec().latents()))
            .orElseGet(
                () ->
                    each.stream().max(Comparator.comparingDouble(Candidate::score)).orElseThrow());
    return new SaeSelection(each, chosen, reference - chosen.score());
  }

  /** The best checkpoint of each training, in the order of the trainings. */
  public List<Candidate> best() {
    return best;
  }

  /** The one to take. */
  public Candidate chosen() {
    return chosen;
  }

  /** What the network loses with it; below 0 where it gains. */
  public double drop() {
    return drop;
  }
}
