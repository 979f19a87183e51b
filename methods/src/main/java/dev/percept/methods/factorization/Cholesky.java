package dev.percept.methods.factorization;

/**
 * Solves small symmetric positive systems, a chosen subset of the rows and columns of a Gram matrix
 * with unit diagonal at a time. Holds scratch memory: one thread a time.
 */
final class Cholesky {
  /** A pivot up to this share of the diagonal means a column that depends on earlier ones. */
  private static final double DEPENDENT = 1e-10;

  private final double[] gram;
  private final int r;
  private final double dependent;
  private final double[] factor;
  private final double[] y;

  Cholesky(double[] gram, int r) {
    this(gram, r, DEPENDENT);
  }

  /** With another share of the diagonal up to which a pivot counts as 0. */
  Cholesky(double[] gram, int r, double dependent) {
    this.gram = gram;
    this.r = r;
    this.dependent = dependent;
    this.factor = new double[r * r];
    this.y = new double[r];
  }

  /**
   * Solves {@code G[set, set] x[set] = b[set]}.
   *
   * @param set the chosen indices, ascending
   * @param count how many of {@code set} count
   * @param x solution at the chosen indices; modified, other places are left alone
   * @return -1, or the first index that depends on those before it; then x is unchanged
   */
  int solve(int[] set, int count, double[] b, double[] x) {
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = gram[set[i] * r + set[j]];
        for (int k = 0; k < j; k++) {
          sum -= factor[i * r + k] * factor[j * r + k];
        }
        if (i != j) {
          factor[i * r + j] = sum / factor[j * r + j];
        } else if (sum <= dependent) {
          return set[i];
        } else {
          factor[i * r + i] = Math.sqrt(sum);
        }
      }
    }
    for (int i = 0; i < count; i++) {
      double sum = b[set[i]];
      for (int k = 0; k < i; k++) {
        sum -= factor[i * r + k] * y[k];
      }
      y[i] = sum / factor[i * r + i];
    }
    for (int i = count - 1; i >= 0; i--) {
      double sum = y[i];
      for (int k = i + 1; k < count; k++) {
        sum -= factor[k * r + i] * y[k];
      }
      y[i] = sum / factor[i * r + i];
    }
    for (int i = 0; i < count; i++) {
      x[set[i]] = y[i];
    }
    return -1;
  }
}
