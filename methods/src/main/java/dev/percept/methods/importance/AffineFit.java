package dev.percept.methods.importance;

import dev.percept.core.MaskedScore;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;

/**
 * A masked score as an affine function of its masks, {@code f(m) = start + Σ c_i m_i}, and how far
 * it is from being one.
 *
 * @param start f(0)
 * @param contributions c_i, how much concept i adds to the score of this example
 * @param gap the largest {@code |f(m) − start − Σ c_i m_i|} over the masks that were tried: the
 *     example itself (all ones) and random ones
 * @param tolerance what rounding can explain: {@value #SPREAD} of {@code Σ |c_i|}, the range of the
 *     score over all masks, and {@value #ROUNDING} of the largest score, because float32 logits
 *     carry that
 * @param rounding the rounding part of it; contributions are 0 where none of them exceeds it
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one call, never compared.
record AffineFit(
    double start, double[] contributions, double gap, double tolerance, double rounding) {
  static final double SPREAD = 1e-4;
  static final double ROUNDING = 4e-6;
  private static final int RANDOM_MASKS = 16;

  /** Evaluates {@code score} on r + 18 masks. */
  static AffineFit of(MaskedScore score, RandomGenerator random) {
    int r = score.concepts();
    int masks = r + 2 + RANDOM_MASKS;
    float[] m = new float[masks * r];
    for (int i = 0; i < r; i++) {
      m[(i + 1) * r + i] = 1;
      m[(r + 1) * r + i] = 1;
    }
    for (int i = (r + 2) * r; i < m.length; i++) {
      m[i] = random.nextFloat();
    }
    float[] f = score.score(Tensor.wrap(Shape.of(masks, r), m));
    double start = f[0];
    double largest = 0;
    Checks.finite(f);
    for (float v : f) {
      largest = Math.max(largest, Math.abs(v));
    }
    double rounding = ROUNDING * largest;
    double[] c = new double[r];
    double spread = 0;
    double most = 0;
    for (int i = 0; i < r; i++) {
      c[i] = f[i + 1] - start;
      spread += Math.abs(c[i]);
      most = Math.max(most, Math.abs(c[i]));
    }
    double gap = 0;
    for (int n = r + 1; n < masks; n++) {
      double predicted = start;
      for (int i = 0; i < r; i++) {
        predicted += c[i] * m[n * r + i];
      }
      gap = Math.max(gap, Math.abs(f[n] - predicted));
    }
    if (most <= rounding) {
      c = new double[r];
    }
    return new AffineFit(start, c, gap, SPREAD * spread + rounding, rounding);
  }

  /** Whether the score is affine in its masks, up to rounding. */
  boolean isAffine() {
    return gap <= tolerance;
  }

  /** Total Sobol indices {@code c_i² / Σ c_j²}; all 0 for a constant score. */
  double[] totals() {
    double sum = 0;
    for (double c : contributions) {
      sum += c * c;
    }
    double[] totals = new double[contributions.length];
    for (int i = 0; i < totals.length && sum > 0; i++) {
      totals[i] = contributions[i] * contributions[i] / sum;
    }
    return totals;
  }
}
