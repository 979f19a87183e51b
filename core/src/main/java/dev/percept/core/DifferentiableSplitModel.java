package dev.percept.core;

import java.util.function.UnaryOperator;

/**
 * A split model with gradients: vector-Jacobian products of f, g and h.
 *
 * <p>A cotangent is given as a function of the values, because what is asked for often depends on
 * them (the implicit derivative of a code, the class that won) and a second pass forward would
 * double the cost. It is called once for every piece of a large batch, possibly from several
 * threads, with the values of that piece, and returns the cotangent in the same shape; a row of it
 * must depend on the same row of the values only. Gradients of different examples never mix.
 */
public interface DifferentiableSplitModel extends DifferentiableHead {
  /**
   * Of f, at the input.
   *
   * @param inputs n inputs
   * @param cotangent logits m x outputs to m x outputs
   * @param rule how rectifiers pass gradients back
   * @return logits n x outputs, gradients in the shape of the inputs
   */
  Pullback pullLogits(Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule);

  /**
   * Of g, at the input.
   *
   * @param inputs n inputs
   * @param cotangent activations m x L x p to m x L x p
   * @param rule how rectifiers pass gradients back
   * @return activations n x L x p, gradients in the shape of the inputs
   */
  Pullback pullActivations(Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule);
}
