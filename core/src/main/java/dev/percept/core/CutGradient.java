package dev.percept.core;

/**
 * Scores of n inputs with activations at a cut and the gradients of the scores by them.
 *
 * @param scores n
 * @param activations n x L x p
 * @param gradients n x L x p
 */
public record CutGradient(Tensor scores, Activations activations, Tensor gradients) {
  public CutGradient {
    if (!gradients.shape().equals(activations.values().shape())
        || !scores.shape().equals(Shape.of(activations.size()))) {
      throw new IllegalArgumentException(
          "gradients at the cut: expected "
              + activations.values().shape()
              + " and "
              + activations.size()
              + " scores, found "
              + gradients.shape()
              + " and "
              + scores.shape());
    }
  }
}
