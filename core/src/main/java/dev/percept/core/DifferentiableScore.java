package dev.percept.core;

/** A score with a gradient with respect to its input. */
public interface DifferentiableScore extends Score {
  /**
   * Scores and their gradients, each example's by its own input.
   *
   * @param inputs n inputs
   */
  ScoreGradient gradient(Tensor inputs);
}
