package dev.percept.methods.craft;

import dev.percept.core.Tensor;

/** Reading rows of logits (n x outputs). */
public final class Logits {
  private Logits() {}

  /** The output with the largest logit; the first of several equal ones. */
  public static int argmax(Tensor logits, int row) {
    int best = 0;
    for (int c = 1; c < logits.shape().dim(1); c++) {
      if (logits.get(row, c) > logits.get(row, best)) {
        best = c;
      }
    }
    return best;
  }

  /** log Σ exp over the outputs that {@code leaveOut} does not name. */
  static double logSumExp(Tensor logits, int row, java.util.function.IntPredicate leaveOut) {
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < logits.shape().dim(1); c++) {
      if (!leaveOut.test(c)) {
        max = Math.max(max, logits.get(row, c));
      }
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (int c = 0; c < logits.shape().dim(1); c++) {
      if (!leaveOut.test(c)) {
        sum += Math.exp(logits.get(row, c) - max);
      }
    }
    return max + Math.log(sum);
  }

  /** Softmax probability of {@code target}. */
  static double probability(Tensor logits, int row, int target) {
    return Math.exp(logits.get(row, target) - logSumExp(logits, row, c -> false));
  }

  /** Share of rows whose top-1 answers agree. */
  static double agreement(Tensor a, Tensor b) {
    int hits = 0;
    for (int i = 0; i < a.rows(); i++) {
      hits += argmax(a, i) == argmax(b, i) ? 1 : 0;
    }
    return (double) hits / a.rows();
  }
}
