package dev.percept.methods.craft;

import dev.percept.core.Tensor;

/**
 * What a model says about one input.
 *
 * @param logit of the target
 * @param probability of the target, by softmax
 * @param predicted the output with the largest logit
 * @param predictedProbability its probability
 */
public record Answer(double logit, double probability, int predicted, double predictedProbability) {
  /** Reads a row of logits (n x outputs). */
  static Answer of(Tensor logits, int row, int target) {
    int top = Logits.argmax(logits, row);
    return new Answer(
        logits.get(row, target),
        Logits.probability(logits, row, target),
        top,
        Logits.probability(logits, row, top));
  }
}
