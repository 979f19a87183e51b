package dev.percept.methods.importance;

import dev.percept.core.DifferentiableMaskedScore;
import dev.percept.core.MaskedScore;
import dev.percept.core.ScoreGradient;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** Masked scores with known indices. */
final class Scores {
  private Scores() {}

  static MaskedScore of(int r, ToDoubleFunction<float[]> f) {
    return new MaskedScore() {
      @Override
      public int concepts() {
        return r;
      }

      @Override
      public float[] score(Tensor masks) {
        float[] scores = new float[masks.rows()];
        for (int n = 0; n < scores.length; n++) {
          scores[n] = (float) f.applyAsDouble(masks.row(n).toArray());
        }
        return scores;
      }
    };
  }

  static MaskedScore affine(double start, double... c) {
    return of(
        c.length,
        m -> {
          double f = start;
          for (int i = 0; i < c.length; i++) {
            f += c[i] * m[i];
          }
          return f;
        });
  }

  /** Ishigami's function; total indices 0.5576, 0.4424, 0.2437. */
  static MaskedScore ishigami() {
    return of(
        3,
        m -> {
          double x = Math.PI * (2 * m[0] - 1);
          double y = Math.PI * (2 * m[1] - 1);
          double z = Math.PI * (2 * m[2] - 1);
          return Math.sin(x) + 7 * Math.sin(y) * Math.sin(y) + 0.1 * z * z * z * z * Math.sin(x);
        });
  }

  /**
   * A score with its gradient.
   *
   * @param slope of the score in one mask, given all
   */
  static DifferentiableMaskedScore smooth(
      int r, ToDoubleFunction<float[]> f, ToDoubleBiFunction<float[], Integer> slope) {
    MaskedScore plain = of(r, f);
    return new DifferentiableMaskedScore() {
      @Override
      public int concepts() {
        return r;
      }

      @Override
      public float[] score(Tensor masks) {
        return plain.score(masks);
      }

      @Override
      public ScoreGradient gradient(Tensor masks) {
        float[] gradients = new float[masks.rows() * r];
        for (int n = 0; n < masks.rows(); n++) {
          for (int k = 0; k < r; k++) {
            gradients[n * r + k] = (float) slope.applyAsDouble(masks.row(n).toArray(), k);
          }
        }
        return new ScoreGradient(
            Tensor.wrap(Shape.of(masks.rows()), score(masks)),
            Tensor.wrap(masks.shape(), gradients));
      }
    };
  }

  /** {@link #affine} with its gradient. */
  static DifferentiableMaskedScore straight(double start, double... c) {
    MaskedScore plain = affine(start, c);
    return smooth(
        c.length, m -> plain.score(Tensor.of(Shape.of(1, c.length), m))[0], (m, k) -> c[k]);
  }

  /** {@code tanh(Σ c_i m_i)} with its gradient. */
  static DifferentiableMaskedScore bent(double... c) {
    ToDoubleFunction<float[]> sum =
        m -> {
          double z = 0;
          for (int i = 0; i < c.length; i++) {
            z += c[i] * m[i];
          }
          return z;
        };
    return smooth(
        c.length,
        m -> Math.tanh(sum.applyAsDouble(m)),
        (m, k) -> c[k] * (1 - Math.pow(Math.tanh(sum.applyAsDouble(m)), 2)));
  }
}
