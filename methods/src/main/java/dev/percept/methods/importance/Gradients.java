package dev.percept.methods.importance;

import dev.percept.core.DifferentiableMaskedScore;
import dev.percept.core.ScoreGradient;
import dev.percept.core.Tensor;

/** Gradients of one example's score at several masks. */
final class Gradients {
  /** Masks of one call: bounds memory. */
  private static final int MASKS_PER_CALL = 64;

  /** What to do with the gradient at one mask. */
  @FunctionalInterface
  interface Each {
    void accept(int mask, Tensor gradient);
  }

  private Gradients() {}

  /** The gradients at n masks, in pieces. */
  static void each(DifferentiableMaskedScore score, Tensor masks, Each each) {
    for (int from = 0; from < masks.rows(); from += MASKS_PER_CALL) {
      int to = Math.min(masks.rows(), from + MASKS_PER_CALL);
      ScoreGradient found = score.gradient(masks.slice(from, to));
      Checks.finite(found.scores().toArray());
      Checks.finite(found.gradients().toArray());
      for (int i = from; i < to; i++) {
        each.accept(i, found.gradients().row(i - from));
      }
    }
  }

  /** Σ weights x gradients. */
  static double[] mean(DifferentiableMaskedScore score, Tensor masks, double[] weights) {
    double[] sum = new double[score.concepts()];
    each(
        score,
        masks,
        (i, gradient) -> {
          for (int k = 0; k < sum.length; k++) {
            sum[k] += weights[i] * gradient.get(k);
          }
        });
    return sum;
  }
}
