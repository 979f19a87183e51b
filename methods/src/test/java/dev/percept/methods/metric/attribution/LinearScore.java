package dev.percept.methods.metric.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** A weighted sum of its input: what each place contributes is known exactly. */
class LinearScore implements Score {
  final Shape input;
  final float[] weights;
  final AtomicInteger largestBatch = new AtomicInteger();

  LinearScore(Shape input, float... weights) {
    this.input = input;
    this.weights = weights;
  }

  static LinearScore random(Shape input, long seed) {
    return new LinearScore(input, values(input, seed).toArray());
  }

  /** Normal numbers. */
  static Tensor values(Shape shape, long seed) {
    Random random = new Random(seed);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.wrap(shape, values);
  }

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public Shape inputShape() {
    return input;
  }

  @Override
  public float[] score(Tensor inputs) {
    largestBatch.accumulateAndGet(inputs.rows(), Math::max);
    float[] scores = new float[inputs.rows()];
    for (int i = 0; i < scores.length; i++) {
      double sum = 0;
      for (int at = 0; at < weights.length; at++) {
        sum += weights[at] * inputs.get(i * weights.length + at);
      }
      scores[i] = (float) sum;
    }
    return scores;
  }

  /** Weight times input, whichever score it is asked about. */
  static final Attributor<LinearScore> CONTRIBUTIONS =
      new Attributor<>() {
        @Override
        public String name() {
          return "contributions";
        }

        @Override
        public Attribution attribute(LinearScore score, Tensor inputs, Run run) {
          float[] values = inputs.toArray();
          for (int i = 0; i < values.length; i++) {
            values[i] *= score.weights[i % score.weights.length];
          }
          Tensor map = Tensor.wrap(inputs.shape(), values);
          return new Attribution(name(), "", "zero", map, true, 1, 1, null);
        }
      };

  /** The input itself, whatever the score. */
  static final Attributor<Score> PICTURE =
      new Attributor<>() {
        @Override
        public String name() {
          return "picture";
        }

        @Override
        public Attribution attribute(Score score, Tensor inputs, Run run) {
          return new Attribution(name(), "", null, inputs, true, 0, 0, null);
        }
      };

  Tensor contributions(Tensor inputs) {
    return Places.of(CONTRIBUTIONS.attribute(this, inputs, Run.of(0)), input);
  }
}
