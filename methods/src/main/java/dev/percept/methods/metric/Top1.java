package dev.percept.methods.metric;

import dev.percept.core.Tensor;

/** Predictions of a model. */
public final class Top1 {
  private Top1() {}

  /**
   * The class with the largest logit of each row; the first one where several are equal.
   *
   * @param logits n x outputs
   */
  public static int[] of(Tensor logits) {
    int[] best = new int[logits.rows()];
    for (int i = 0; i < best.length; i++) {
      for (int c = 1; c < logits.shape().dim(1); c++) {
        best[i] = logits.get(i, c) > logits.get(i, best[i]) ? c : best[i];
      }
    }
    return best;
  }

  /** In how many rows the largest logit is that of {@code target}. */
  public static Share share(Tensor logits, int target) {
    int right = 0;
    for (int predicted : of(logits)) {
      right += predicted == target ? 1 : 0;
    }
    return new Share(right, logits.rows());
  }
}
