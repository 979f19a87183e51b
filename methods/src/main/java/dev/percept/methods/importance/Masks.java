package dev.percept.methods.importance;

import dev.percept.core.MaskedScore;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Masks that several estimators ask for; n x r, a row a mask. */
final class Masks {
  private Masks() {}

  /** All concepts there: 1 x r. */
  static Tensor full(int r) {
    float[] masks = new float[r];
    Arrays.fill(masks, 1);
    return Tensor.wrap(Shape.of(1, r), masks);
  }

  /** Row 0 keeps all concepts, row k + 1 leaves out concept k: (r + 1) x r. */
  static Tensor leaveOneOut(int r) {
    float[] masks = new float[(r + 1) * r];
    Arrays.fill(masks, 1);
    for (int k = 0; k < r; k++) {
      masks[(k + 1) * r + k] = 0;
    }
    return Tensor.wrap(Shape.of(r + 1, r), masks);
  }

  /** Each concept there with probability {@code keep}, independently. */
  static Tensor binary(int n, int r, double keep, RandomGenerator random) {
    float[] masks = new float[Math.multiplyExact(n, r)];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = random.nextDouble() < keep ? 1 : 0;
    }
    return Tensor.wrap(Shape.of(n, r), masks);
  }

  /** Scores of n masks, in pieces. */
  static float[] scores(MaskedScore score, Tensor masks, int perCall) {
    float[] scores = new float[masks.rows()];
    for (int from = 0; from < scores.length; from += perCall) {
      int to = Math.min(scores.length, from + perCall);
      float[] piece = score.score(masks.slice(from, to));
      Checks.finite(piece);
      System.arraycopy(piece, 0, scores, from, to - from);
    }
    return scores;
  }

  /** Whether scores differ by no more than rounding. */
  static boolean isConstant(float[] scores) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double largest = 0;
    for (float f : scores) {
      low = Math.min(low, f);
      high = Math.max(high, f);
      largest = Math.max(largest, Math.abs(f));
    }
    return high - low <= 2 * AffineFit.ROUNDING * largest;
  }

  /** Least-squares slope of scores in mask k; 0 where the mask does not vary. */
  static double slope(Tensor masks, float[] scores, int k) {
    int n = scores.length;
    double m = 0;
    double f = 0;
    for (int i = 0; i < n; i++) {
      m += (double) masks.get(i, k) / n;
      f += (double) scores[i] / n;
    }
    double joint = 0;
    double own = 0;
    for (int i = 0; i < n; i++) {
      double d = masks.get(i, k) - m;
      joint += d * (scores[i] - f);
      own += d * d;
    }
    return own > 0 ? joint / own : 0;
  }
}
