package dev.percept.core;

import java.util.function.UnaryOperator;

/**
 * A split model whose second half has gradients: enough to ask what a concept does to a logit, for
 * texts and pictures alike.
 */
public interface DifferentiableHead extends SplitModel {
  /**
   * The vector-Jacobian product of h, at the cut.
   *
   * @param activations n x L x p
   * @param cotangent logits m x outputs to m x outputs; called for every piece of a large batch,
   *     perhaps from several threads, and row by row a function of its argument
   * @return logits n x outputs, gradients n x L x p
   */
  Pullback pullHead(Tensor activations, UnaryOperator<Tensor> cotangent);
}
