package dev.percept.bundle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One picture's logits as sums of what concepts give.
 *
 * @param picture index into {@link FactExplanation#pictures}
 * @param parts concepts of the last cut that are shown one by one
 * @param scores the logits: what the network says first, then the true class or the runner-up
 * @param removals what the network says with one of the concepts taken away, measured
 */
public record FactTrace(int picture, List<Part> parts, List<Score> scores, List<Removal> removals) {

  public FactTrace {
    parts = List.copyOf(parts);
    scores = List.copyOf(scores);
    removals = List.copyOf(removals);
  }

  /**
   * A picture that is shown.
   *
   * @param name of its file, below the folder that was given
   * @param file its view, as the network saw it, in this folder
   * @param truth its class, null where it is not known
   * @param predicted the largest logit
   * @param probability of that class by itself, {@code 1 / (1 + e^−logit)}: B-cos networks are
   *     trained to answer for each class whether it is there
   */
  public record Picture(
      String name, String file, @Nullable Integer truth, int predicted, double probability) {}

  /**
   * A concept in this picture.
   *
   * @param concept its number
   * @param presence its activation summed over places, the strongest picture of the sample being 1
   * @param map PNG with its input map, null where there is none
   */
  public record Part(int concept, double presence, @Nullable String map) {}

  /**
   * A logit: {@code bias + Σ contributions + other = logit}, but for {@code gap}.
   *
   * @param target the logit
   * @param logit as the network computes it forward
   * @param bias its constant
   * @param contributions of the trace's {@code parts}, in their order
   * @param other what all other concepts give together
   * @param others how many those are that give anything
   * @param added Σ |contribution| of all concepts: what went into the sum, whatever its sign
   * @param gap |bias + Σ − logit| over {@code added}
   */
  public record Score(
      int target,
      double logit,
      double bias,
      List<Double> contributions,
      double other,
      int others,
      double added,
      double gap) {
    public Score {
      contributions = List.copyOf(contributions);
    }
  }

  /**
   * The network without one concept. A contribution says what was added; this says what would
   * happen, which may differ, because the rest of the network then multiplies by something else.
   *
   * @param concept its number
   * @param predicted the largest logit then
   * @param logits of the trace's scores, in their order
   */
  public record Removal(int concept, int predicted, List<Double> logits) {
    public Removal {
      logits = List.copyOf(logits);
    }
  }
}
