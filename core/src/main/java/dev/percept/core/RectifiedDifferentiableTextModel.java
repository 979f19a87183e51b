package dev.percept.core;

import java.util.function.UnaryOperator;

/** A {@link RectifiedTextModel} with gradients; none passes where an activation is below 0. */
public final class RectifiedDifferentiableTextModel extends RectifiedTextModel
    implements DifferentiableTextModel {
  private final DifferentiableTextModel model;

  RectifiedDifferentiableTextModel(DifferentiableTextModel model) {
    super(model);
    this.model = model;
  }

  @Override
  public EmbeddingPullback pullEmbeddings(Tensor inputs, UnaryOperator<Tensor> cotangent) {
    EmbeddingPullback pulled =
        model.pullEmbeddings(inputs, a -> arriving(a, cotangent.apply(rectified(a))));
    return new EmbeddingPullback(
        rectified(pulled.values()), pulled.embeddings(), pulled.gradients());
  }

  @Override
  public Pullback pullHead(Tensor activations, UnaryOperator<Tensor> cotangent) {
    return model.pullHead(activations, cotangent);
  }
}
