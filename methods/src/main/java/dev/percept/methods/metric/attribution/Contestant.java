package dev.percept.methods.metric.attribution;

import dev.percept.core.Attributor;
import dev.percept.core.Score;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A method that is evaluated.
 *
 * @param attributor the method
 * @param random whether it is a {@link RandomMap}: what others are compared with
 * @param logit the logit of a class, with what the method needs to ask of it
 * @param randomised the same of copies of the model with random weights, as far as a cascade goes;
 *     one for each stage, or none
 */
public record Contestant(
    Attributor<Score> attributor,
    boolean random,
    IntFunction<Score> logit,
    List<IntFunction<Score>> randomised) {
  public Contestant {
    randomised = List.copyOf(randomised);
  }
}
