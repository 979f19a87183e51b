package dev.percept.core;

/**
 * A scalar of one input: the logit of a class, the code of a concept. Everything that can be asked
 * of a number that a network computes from an input is asked of this, so an attribution method
 * serves classes and concepts alike. Safe for use from several threads; a batch of n gives what n
 * single inputs give.
 */
public interface Score {
  /** What the number is, for a page: {@code logit of daisy}, {@code code of concept 3}. */
  String name();

  /** The shape of one input, without the batch axis, for example 3 x 224 x 224. */
  Shape inputShape();

  /**
   * The scores of a batch. Memory is the caller's to bound: methods send pieces, never all
   * perturbations at once.
   *
   * @param inputs n inputs
   * @return n scores
   * @throws IllegalArgumentException if an input has another shape
   */
  float[] score(Tensor inputs);
}
