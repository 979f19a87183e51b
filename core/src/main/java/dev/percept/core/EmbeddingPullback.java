package dev.percept.core;

/**
 * What g gives for texts, and its vector-Jacobian product at the embeddings of words.
 *
 * @param values activations n x 1 x p
 * @param embeddings n x T x d, zero at padding
 * @param gradients {@code vᵀ J}, n x T x d, zero at padding
 */
public record EmbeddingPullback(Tensor values, Tensor embeddings, Tensor gradients) {}
