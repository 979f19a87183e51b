package dev.percept.methods.metric.attribution;

import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.attribution.SmallCnn;
import dev.percept.methods.score.ProbabilityScore;
import dev.percept.testkit.Npy;

/** The small network of the golden numbers, all of its logits. */
final class GoldenCnn {
  static final Shape INPUT = Shape.of(3, 48, 48);
  private static final int CLASSES = 4;

  static Tensor golden(String name) {
    Npy array = Npy.resource(GoldenCnn.class, "small_cnn/" + name + ".npy");
    return Tensor.wrap(Shape.of(array.dims()), array.floats());
  }

  Score logit(int target) {
    return new SmallCnn(target);
  }

  Score probability(int target) {
    return new Score() {
      @Override
      public String name() {
        return "probability " + target;
      }

      @Override
      public Shape inputShape() {
        return INPUT;
      }

      @Override
      public float[] score(Tensor inputs) {
        return ProbabilityScore.softmax(logits(inputs), target);
      }
    };
  }

  Tensor logits(Tensor inputs) {
    float[] logits = new float[inputs.rows() * CLASSES];
    for (int k = 0; k < CLASSES; k++) {
      float[] scores = new SmallCnn(k).score(inputs);
      for (int i = 0; i < scores.length; i++) {
        logits[i * CLASSES + k] = scores[i];
      }
    }
    return Tensor.wrap(Shape.of(inputs.rows(), CLASSES), logits);
  }
}
