package dev.percept.core;

/** A masked score with a gradient with respect to the masks. */
public interface DifferentiableMaskedScore extends MaskedScore {
  /**
   * Scores and their gradients by the masks.
   *
   * @param masks n x r, any values
   * @return n scores, gradients n x r
   */
  ScoreGradient gradient(Tensor masks);
}
