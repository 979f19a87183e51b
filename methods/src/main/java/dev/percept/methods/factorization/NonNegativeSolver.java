package dev.percept.methods.factorization;

import java.util.Arrays;

/**
 * Exact non-negative least squares for many right-hand sides and one dictionary: {@code min ‖a − u
 * W‖², u ≥ 0}, given {@code G = W Wᵀ} and {@code b = W a}. Block principal pivoting with a backup
 * rule (Portugal, Júdice and Vicente, 1994; Kim and Park, 2011); where that meets dependent rows or
 * does not end, the active set method of Lawson and Hanson.
 *
 * <p>In double precision throughout. Holds scratch memory: one thread a time.
 */
final class NonNegativeSolver {
  /** Full exchanges without progress that are allowed before single ones. */
  private static final int PATIENCE = 3;

  /** A gradient or code below this share of the right-hand side is 0. */
  static final double ZERO = 1e-11;

  private final int r;
  private final double[] gram;
  private final double[] scale;
  private final Cholesky cholesky;
  private final ActiveSet fallback;
  private final double[] b;
  private final double[] x;
  private final boolean[] passive;
  private final int[] set;

  /** For a dictionary with Gram matrix {@code gram}, r x r. */
  NonNegativeSolver(double[] gram, int r) {
    this.r = r;
    this.scale = new double[r];
    for (int k = 0; k < r; k++) {
      // A row of zeros gets no scale, and so a right-hand side and a code of 0.
      scale[k] = gram[k * r + k] > 0 ? 1 / Math.sqrt(gram[k * r + k]) : 0;
    }
    this.gram = new double[r * r];
    for (int k = 0; k < r; k++) {
      for (int l = 0; l < r; l++) {
        this.gram[k * r + l] = gram[k * r + l] * scale[k] * scale[l];
      }
    }
    this.cholesky = new Cholesky(this.gram, r);
    this.fallback = new ActiveSet(this.gram, r);
    this.b = new double[r];
    this.x = new double[r];
    this.passive = new boolean[r];
    this.set = new int[r];
  }

  /**
   * Solves for one row.
   *
   * @param right b, r values
   * @param codes r values from {@code at} on; modified
   */
  void solve(double[] right, float[] codes, int at) {
    double largest = 0;
    for (int k = 0; k < r; k++) {
      b[k] = right[k] * scale[k];
      largest = Math.max(largest, b[k]);
    }
    double zero = ZERO * largest;
    if (largest == 0) {
      Arrays.fill(x, 0);
    } else if (!pivot(zero)) {
      fallback.solve(b, x, zero);
    }
    for (int k = 0; k < r; k++) {
      codes[at + k] = (float) (Math.max(0, x[k]) * scale[k]);
    }
  }

  /** Block pivoting; false if it did not come to an end. */
  private boolean pivot(double zero) {
    for (int k = 0; k < r; k++) {
      passive[k] = b[k] > 0;
    }
    int best = r + 1;
    int patience = PATIENCE;
    for (int round = 0; round < 10 * r + 10; round++) {
      int count = 0;
      for (int k = 0; k < r; k++) {
        x[k] = 0;
        if (passive[k]) {
          set[count++] = k;
        }
      }
      if (cholesky.solve(set, count, b, x) >= 0) {
        return false;
      }
      int wrong = 0;
      int last = -1;
      for (int k = 0; k < r; k++) {
        if (wrong(k, zero)) {
          wrong++;
          last = k;
        }
      }
      if (wrong == 0) {
        return true;
      }
      if (wrong < best) {
        best = wrong;
        patience = PATIENCE;
      } else {
        patience--;
      }
      exchange(patience >= 0 ? -1 : last, zero);
    }
    return false;
  }

  /** Whether k is on the wrong side: a negative code, or a code of 0 that wants to grow. */
  private boolean wrong(int k, double zero) {
    return passive[k] ? x[k] < -zero : gradient(k) < -zero;
  }

  private double gradient(int k) {
    double sum = -b[k];
    for (int l = 0; l < r; l++) {
      sum += gram[k * r + l] * x[l];
    }
    return sum;
  }

  /** Changes sides for {@code only}, or for all that are wrong if it is -1. */
  private void exchange(int only, double zero) {
    if (only >= 0) {
      passive[only] = !passive[only];
      return;
    }
    for (int k = 0; k < r; k++) {
      // x does not change here, so one exchange does not influence the next.
      if (wrong(k, zero)) {
        passive[k] = !passive[k];
      }
    }
  }
}
