package dev.percept.core;

/**
 * What a function gives and its vector-Jacobian product.
 *
 * @param values what it gives: n x L x p activations or n x outputs logits
 * @param gradients {@code vᵀ J} for the cotangent v that was asked for, in the shape of the inputs
 */
public record Pullback(Tensor values, Tensor gradients) {}
