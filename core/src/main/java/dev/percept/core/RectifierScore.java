package dev.percept.core;

/**
 * A differentiable score whose network has rectifiers that can pass gradients by another rule, as
 * guided backpropagation asks.
 */
public interface RectifierScore extends DifferentiableScore {
  /**
   * Scores, and what arrives at the input when every rectifier passes gradients by {@code rule}.
   *
   * @param inputs n inputs
   */
  ScoreGradient gradient(Tensor inputs, RectifierRule rule);

  @Override
  default ScoreGradient gradient(Tensor inputs) {
    return gradient(inputs, RectifierRule.EXACT);
  }
}
