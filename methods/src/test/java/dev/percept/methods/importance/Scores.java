package dev.percept.methods.importance;

import dev.percept.core.MaskedScore;
import dev.percept.core.Tensor;
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
}
