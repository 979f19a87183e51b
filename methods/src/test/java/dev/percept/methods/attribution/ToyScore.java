package dev.percept.methods.attribution;

import dev.percept.core.Activations;
import dev.percept.core.CutGradient;
import dev.percept.core.CutScore;
import dev.percept.core.Grid;
import dev.percept.core.RectifierRule;
import dev.percept.core.RectifierScore;
import dev.percept.core.ScoreGradient;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A score with all abilities that counts what it is asked. Subclasses say what it is of one input;
 * the cut is at the input, a pixel a location and a channel a feature.
 */
abstract class ToyScore implements RectifierScore, CutScore {
  final Shape shape;
  final AtomicInteger most = new AtomicInteger();
  final AtomicLong forwards = new AtomicLong();
  final AtomicLong backwards = new AtomicLong();

  ToyScore(Shape shape) {
    this.shape = shape;
  }

  abstract double of(float[] input);

  abstract float[] gradientOf(float[] input, RectifierRule rule);

  /** Called with the number of inputs of each request. */
  void asked(int inputs) {
    most.accumulateAndGet(inputs, Math::max);
  }

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public Shape inputShape() {
    return shape;
  }

  @Override
  public float[] score(Tensor inputs) {
    asked(inputs.rows());
    forwards.addAndGet(inputs.rows());
    float[] scores = new float[inputs.rows()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) of(inputs.row(i).toArray());
    }
    return scores;
  }

  @Override
  public ScoreGradient gradient(Tensor inputs, RectifierRule rule) {
    float[] scores = score(inputs);
    backwards.addAndGet(inputs.rows());
    float[] all = new float[inputs.shape().size()];
    for (int i = 0; i < scores.length; i++) {
      float[] one = gradientOf(inputs.row(i).toArray(), rule);
      System.arraycopy(one, 0, all, i * shape.size(), one.length);
    }
    return new ScoreGradient(
        Tensor.of(Shape.of(scores.length), scores), Tensor.wrap(inputs.shape(), all));
  }

  @Override
  public Grid grid() {
    return new Grid(shape.dim(1), shape.dim(2));
  }

  @Override
  public CutGradient atCut(Tensor inputs) {
    ScoreGradient found = gradient(inputs, RectifierRule.EXACT);
    return new CutGradient(
        found.scores(), new Activations(locations(inputs), grid()), locations(found.gradients()));
  }

  /** n x c x h x w to n x (h w) x c. */
  private Tensor locations(Tensor pictures) {
    int c = shape.dim(0);
    int places = grid().size();
    float[] values = new float[pictures.shape().size()];
    for (int at = 0; at < values.length; at++) {
      int picture = at / shape.size();
      int channel = at / places % c;
      values[(picture * places + at % places) * c + channel] = pictures.get(at);
    }
    return Tensor.wrap(Shape.of(pictures.rows(), places, c), values);
  }
}
