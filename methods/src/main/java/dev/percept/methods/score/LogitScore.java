package dev.percept.methods.score;

import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.core.Tensor;

/** The logit of one class, of any model. */
public final class LogitScore implements Score {
  private final SplitModel model;
  private final Target target;

  /**
   * The logit of {@code target}.
   *
   * @throws IllegalArgumentException if the model has no such logit
   */
  public LogitScore(SplitModel model, Target target) {
    this.model = model;
    this.target = target;
    check(model, target);
  }

  static void check(SplitModel model, Target target) {
    if (target.index() < 0 || target.index() >= model.outputs()) {
      throw new IllegalArgumentException(
          "target: 0 to " + (model.outputs() - 1) + ", found " + target.index());
    }
  }

  @Override
  public String name() {
    return "logit of " + target.label();
  }

  @Override
  public Shape inputShape() {
    return model.inputShape();
  }

  @Override
  public float[] score(Tensor inputs) {
    return column(model.logits(inputs), target.index());
  }

  static float[] column(Tensor logits, int column) {
    float[] values = new float[logits.rows()];
    for (int i = 0; i < values.length; i++) {
      values[i] = logits.get(i, column);
    }
    return values;
  }
}
