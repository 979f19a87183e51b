package dev.percept.core;

/**
 * A scalar of one example under concept masks: {@code f(m) = score((U∘m) W)}, one mask value a
 * concept, shared by all locations.
 */
public interface MaskedScore {
  /** r, the number of concepts. */
  int concepts();

  /**
   * Scores for a batch of masks.
   *
   * @param masks n x r, values in [0, 1]
   * @return n scores
   */
  float[] score(Tensor masks);
}
