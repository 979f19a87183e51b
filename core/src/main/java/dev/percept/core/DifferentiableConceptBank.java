package dev.percept.core;

/**
 * A concept bank whose codes have a derivative by the activations. Banks that choose (k-means: the
 * nearest atom) have none and are no such bank; black-box methods still work on their codes.
 */
public interface DifferentiableConceptBank extends ConceptBank {
  /**
   * Codes, and the vector-Jacobian product {@code vᵀ ∂u/∂a} of each row. A row's result depends on
   * that row alone. An offset of the dictionary is a constant and has no part in it.
   *
   * @param activations n x p
   * @param cotangents v, n x r
   * @throws IllegalArgumentException if a shape differs or a value is unfit for this bank
   */
  CodePullback pull(Tensor activations, Tensor cotangents, Run run);
}
