package dev.percept.methods.attribution;

import dev.percept.core.RectifierRule;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Scores with known attributions, and inputs for them. */
final class Toys {
  static final Shape SMALL = Shape.of(3, 6, 8);

  private Toys() {}

  /** Uniform between -1 and 1. */
  static float[] values(int size, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }

  static float[] filled(int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return values;
  }

  static Tensor inputs(int n, Shape shape, long seed) {
    return Tensor.wrap(shape.batch(n), values(n * shape.size(), seed));
  }

  /** {@code start + Σ w x}. */
  static ToyScore linear(Shape shape, double start, float[] w) {
    return new ToyScore(shape) {
      @Override
      double of(float[] x) {
        double sum = start;
        for (int p = 0; p < x.length; p++) {
          sum += (double) w[p] * x[p];
        }
        return sum;
      }

      @Override
      float[] gradientOf(float[] x, RectifierRule rule) {
        return w.clone();
      }
    };
  }

  static ToyScore constant(Shape shape, float value) {
    return linear(shape, value, new float[shape.size()]);
  }

  /**
   * {@code start + Σ v relu(w x)} over neighbours: a unit sees a value and the next one of its
   * channel, so flips and orders of channels can be told.
   */
  static ToyScore bent(Shape shape, double start, float[] w, float[] v) {
    return new ToyScore(shape) {
      private float unit(float[] x, int p) {
        int next = (p + 1) % shape.dim(2) == 0 ? p : p + 1;
        return w[p] * x[p] + 0.5f * x[next] * x[p];
      }

      @Override
      double of(float[] x) {
        double sum = start;
        for (int p = 0; p < x.length; p++) {
          sum += v[p] * Math.max(0, unit(x, p));
        }
        return sum;
      }

      @Override
      float[] gradientOf(float[] x, RectifierRule rule) {
        float[] gradient = new float[x.length];
        for (int p = 0; p < x.length; p++) {
          boolean open = unit(x, p) > 0;
          boolean passes =
              switch (rule) {
                case EXACT -> open;
                case GUIDED -> open && v[p] > 0;
                case DECONVOLUTION -> v[p] > 0;
              };
          if (passes) {
            int next = (p + 1) % shape.dim(2) == 0 ? p : p + 1;
            gradient[p] += v[p] * (w[p] + 0.5f * x[next]);
            gradient[next] += v[p] * 0.5f * x[p];
          }
        }
        return gradient;
      }
    };
  }

  static ToyScore bent(Shape shape) {
    return bent(shape, 0.3, values(shape.size(), 11), values(shape.size(), 12));
  }
}
