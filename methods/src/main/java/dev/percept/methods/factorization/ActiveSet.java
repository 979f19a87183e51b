package dev.percept.methods.factorization;

import java.util.Arrays;

/**
 * Non-negative least squares by the active set method (Lawson and Hanson, 1974) on a Gram matrix.
 * Slower than pivoting, but each step lowers the error, so it ends, dependent rows or not: a row
 * that depends on those in use is left out, which costs nothing.
 */
final class ActiveSet {
  private final int r;
  private final double[] gram;
  private final Cholesky cholesky;
  private final boolean[] passive;
  private final boolean[] blocked;
  private final double[] trial;
  private final int[] set;

  /** For a Gram matrix with unit diagonal, or 0 for a row of zeros. */
  ActiveSet(double[] gram, int r) {
    this.r = r;
    this.gram = gram;
    this.cholesky = new Cholesky(gram, r);
    this.passive = new boolean[r];
    this.blocked = new boolean[r];
    this.trial = new double[r];
    this.set = new int[r];
  }

  /**
   * Solves.
   *
   * @param b right-hand side
   * @param x solution, at least 0; modified
   * @param zero gradients up to this are 0
   */
  void solve(double[] b, double[] x, double zero) {
    Arrays.fill(x, 0);
    Arrays.fill(passive, false);
    Arrays.fill(blocked, false);
    for (int step = 0; step < 30 * r; step++) {
      int enter = steepest(b, x, zero);
      if (enter < 0) {
        return;
      }
      passive[enter] = true;
      if (!solvePassive(b)) {
        passive[enter] = false;
        blocked[enter] = true;
        continue;
      }
      Arrays.fill(blocked, false);
      // A gain that rounding turns into a loss would come back for ever.
      blocked[enter] = trial[enter] <= 0;
      descend(b, x);
    }
  }

  private int steepest(double[] b, double[] x, double zero) {
    int best = -1;
    double steepest = zero;
    for (int k = 0; k < r; k++) {
      if (!passive[k] && !blocked[k]) {
        double slope = b[k];
        for (int l = 0; l < r; l++) {
          slope -= gram[k * r + l] * x[l];
        }
        if (slope > steepest) {
          steepest = slope;
          best = k;
        }
      }
    }
    return best;
  }

  /** Goes towards the free solution as far as all codes stay non-negative, until it is reached. */
  private void descend(double[] b, double[] x) {
    // Each round takes at least one row out of use.
    for (int round = 0; round <= r; round++) {
      double step = 1;
      for (int k = 0; k < r; k++) {
        if (passive[k] && trial[k] <= 0) {
          step = Math.min(step, x[k] / Math.max(x[k] - trial[k], Double.MIN_NORMAL));
        }
      }
      boolean reached = true;
      for (int k = 0; k < r; k++) {
        if (passive[k]) {
          boolean leaves = trial[k] <= 0 && x[k] + step * (trial[k] - x[k]) <= 1e-15 * x[k];
          x[k] = leaves ? 0 : Math.max(0, x[k] + step * (trial[k] - x[k]));
          passive[k] = !leaves;
          reached &= !leaves && trial[k] > 0;
        }
      }
      if (reached || !solvePassive(b)) {
        return;
      }
    }
  }

  private boolean solvePassive(double[] b) {
    int count = 0;
    for (int k = 0; k < r; k++) {
      if (passive[k]) {
        set[count++] = k;
      }
    }
    Arrays.fill(trial, 0);
    return cholesky.solve(set, count, b, trial) < 0;
  }
}
