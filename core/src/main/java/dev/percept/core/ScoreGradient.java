package dev.percept.core;

/**
 * Scores of n inputs and their gradients.
 *
 * @param scores n
 * @param gradients n gradients, in the shape of the inputs
 */
public record ScoreGradient(Tensor scores, Tensor gradients) {
  public ScoreGradient {
    if (!scores.shape().equals(Shape.of(gradients.rows()))) {
      throw new IllegalArgumentException(
          "gradients: expected one a score, " + scores.shape() + ", found " + gradients.shape());
    }
  }
}
