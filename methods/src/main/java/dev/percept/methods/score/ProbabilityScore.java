package dev.percept.methods.score;

import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.core.Tensor;

/** The softmax probability of one class. It saturates where the logit does not. */
public final class ProbabilityScore implements Score {
  private final SplitModel model;
  private final Target target;

  /**
   * The probability of {@code target}.
   *
   * @throws IllegalArgumentException if the model has no such logit
   */
  public ProbabilityScore(SplitModel model, Target target) {
    LogitScore.check(model, target);
    this.model = model;
    this.target = target;
  }

  @Override
  public String name() {
    return "probability of " + target.label();
  }

  @Override
  public Shape inputShape() {
    return model.inputShape();
  }

  @Override
  public float[] score(Tensor inputs) {
    return softmax(model.logits(inputs), target.index());
  }

  /**
   * One column of the softmax of each row.
   *
   * @param logits n x classes
   */
  public static float[] softmax(Tensor logits, int column) {
    float[] values = new float[logits.rows()];
    for (int i = 0; i < values.length; i++) {
      float[] row = logits.row(i).toArray();
      double largest = Double.NEGATIVE_INFINITY;
      for (float logit : row) {
        largest = Math.max(largest, logit);
      }
      double sum = 0;
      for (float logit : row) {
        sum += Math.exp(logit - largest);
      }
      values[i] = (float) (Math.exp(row[column] - largest) / sum);
    }
    return values;
  }
}
