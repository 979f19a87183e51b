package dev.percept.methods.importance;

import dev.percept.core.Tensor;

/**
 * What each concept adds to the score of each example, where the head is affine: {@code score =
 * start + Σ contributions}.
 *
 * @param start n values: the score without any concept
 * @param values n x r
 */
public record Contributions(Tensor start, Tensor values) {}
