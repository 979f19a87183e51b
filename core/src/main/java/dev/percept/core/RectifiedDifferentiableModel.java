package dev.percept.core;

import java.util.function.UnaryOperator;

/** A {@link RectifiedModel} with gradients; none passes where an activation is below 0. */
public final class RectifiedDifferentiableModel extends RectifiedModel
    implements DifferentiableSplitModel {
  private final DifferentiableSplitModel model;

  RectifiedDifferentiableModel(DifferentiableSplitModel model) {
    super(model);
    this.model = model;
  }

  @Override
  public Pullback pullLogits(Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    return model.pullLogits(inputs, cotangent, rule);
  }

  @Override
  public Pullback pullActivations(
      Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    Pullback pulled =
        model.pullActivations(inputs, a -> arriving(a, cotangent.apply(rectified(a))), rule);
    return new Pullback(rectified(pulled.values()), pulled.gradients());
  }

  @Override
  public Pullback pullHead(Tensor activations, UnaryOperator<Tensor> cotangent) {
    return model.pullHead(activations, cotangent);
  }
}
