package dev.percept.core;

/**
 * A network that for every input x multiplies it by a matrix W(x) that can be read off: {@code
 * logits = W(x) x + constants}, and the same from any cut on. B-cos networks are such.
 *
 * <p>The plain derivative, which is what the methods of {@link DifferentiableSplitModel} give here
 * as everywhere, is not W(x): it also follows how W itself changes with x. {@link #explanation()}
 * holds that still.
 *
 * <p>Böhle et al., B-cos Networks, CVPR 2022; TPAMI 2024.
 */
public interface DynamicLinearModel extends DifferentiableSplitModel {
  /**
   * The same network in explanation mode: its values are those of this model, and its
   * vector-Jacobian products are {@code vᵀ W(x)}. A view: it shares weights with this model, both
   * may be in use at the same time, and closing it does nothing.
   */
  DifferentiableSplitModel explanation();

  /**
   * What every logit has besides the contributions of its input, {@code outputs} values: the bias
   * of the logits.
   */
  Tensor constants();

  /**
   * Whether the contributions of the input itself, value by value, add up to the logit without its
   * constant. Where something is added inside that does not depend on the input, as a position
   * embedding is, they do so only from the cuts behind it on.
   */
  boolean completeAtInput();
}
