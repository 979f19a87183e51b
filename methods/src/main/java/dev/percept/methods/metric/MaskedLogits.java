package dev.percept.methods.metric;

import dev.percept.core.Tensor;

/**
 * All logits of one example under concept masks; a mask value a concept, shared by all locations.
 */
public interface MaskedLogits {
  /** r, the number of concepts. */
  int concepts();

  /**
   * Logits for a batch of masks.
   *
   * @param masks n x r, values in [0, 1]
   * @return n x outputs
   */
  Tensor logits(Tensor masks);
}
