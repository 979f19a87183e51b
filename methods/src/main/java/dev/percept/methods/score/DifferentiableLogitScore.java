package dev.percept.methods.score;

import dev.percept.core.Activations;
import dev.percept.core.CutGradient;
import dev.percept.core.CutScore;
import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.Grid;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.RectifierScore;
import dev.percept.core.ScoreGradient;
import dev.percept.core.Shape;
import dev.percept.core.Target;
import dev.percept.core.Tensor;

/** The logit of one class, with gradients at the input and at the cut. */
public final class DifferentiableLogitScore implements RectifierScore, CutScore {
  private final DifferentiableSplitModel model;
  private final Target target;

  /**
   * The logit of {@code target}.
   *
   * @throws IllegalArgumentException if the model has no such logit
   */
  public DifferentiableLogitScore(DifferentiableSplitModel model, Target target) {
    LogitScore.check(model, target);
    this.model = model;
    this.target = target;
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
  public Grid grid() {
    return model.grid();
  }

  @Override
  public float[] score(Tensor inputs) {
    return LogitScore.column(model.logits(inputs), target.index());
  }

  @Override
  public ScoreGradient gradient(Tensor inputs, RectifierRule rule) {
    Pullback pulled = model.pullLogits(inputs, this::one, rule);
    return new ScoreGradient(scores(pulled.values()), pulled.gradients());
  }

  @Override
  public CutGradient atCut(Tensor inputs) {
    Activations activations = model.activations(inputs);
    Pullback pulled = model.pullHead(activations.values(), this::one);
    return new CutGradient(scores(pulled.values()), activations, pulled.gradients());
  }

  private Tensor scores(Tensor logits) {
    return Tensor.wrap(Shape.of(logits.rows()), LogitScore.column(logits, target.index()));
  }

  private Tensor one(Tensor logits) {
    Shape shape = logits.shape();
    float[] v = new float[shape.size()];
    for (int i = 0; i < shape.dim(0); i++) {
      v[i * shape.dim(1) + target.index()] = 1;
    }
    return Tensor.wrap(shape, v);
  }
}
