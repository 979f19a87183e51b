package dev.percept.core;

import java.util.function.UnaryOperator;

/**
 * A dynamic linear network cut at several places, so that a late concept is traced to early ones.
 */
public interface DynamicLinearStack extends StackedModel {
  @Override
  DynamicLinearModel at(int cut);

  /**
   * What the network does between a cut and the next one behind it, and back in explanation mode.
   *
   * @param from 1 to {@link #cuts()} − 1
   * @param activations at cut {@code from}, n x L x p
   * @param cotangent activations at cut {@code from − 1}, m x L' x p', to the same shape; row by
   *     row a function of its argument, perhaps called from several threads
   * @return activations at cut {@code from − 1} and gradients n x L x p, which are {@code vᵀ W(a)}
   */
  Pullback explainOnward(int from, Tensor activations, UnaryOperator<Tensor> cotangent);
}
