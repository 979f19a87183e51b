package dev.percept.methods.metric.attribution;

import dev.percept.core.Examples;
import dev.percept.core.Score;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A class whose explanations are evaluated.
 *
 * @param target the class
 * @param outputs how many classes the model knows
 * @param pictures what is explained
 * @param logit its logit, as metrics ask it
 * @param probability its softmax probability
 * @param masks where the thing is in each picture; null where that is not known
 */
public record EvaluatedClass(
    Target target,
    int outputs,
    Examples pictures,
    Score logit,
    Score probability,
    @Nullable MaskSource masks) {
  /** Masks of pictures. */
  @FunctionalInterface
  public interface MaskSource {
    /** Masks of pictures {@code from} to {@code to - 1}, n x height x width. */
    Tensor masks(int from, int to);
  }
}
