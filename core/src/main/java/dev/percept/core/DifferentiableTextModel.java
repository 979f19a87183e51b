package dev.percept.core;

import java.util.function.UnaryOperator;

/** A text model with gradients at the embeddings of words, since an identity has none. */
public interface DifferentiableTextModel extends TextModel, DifferentiableHead {
  /**
   * Of g, at the embeddings of words (before positions and types are added).
   *
   * @param inputs n inputs, n x 3 x T
   * @param cotangent activations m x 1 x p to m x 1 x p; called as in {@link
   *     DifferentiableSplitModel}
   */
  EmbeddingPullback pullEmbeddings(Tensor inputs, UnaryOperator<Tensor> cotangent);
}
