package dev.percept.methods.factorization;

import java.util.Arrays;

/**
 * Non-negative least squares by trying every support, in double precision: the best of all
 * unconstrained solutions that are at least 0. Slow, and too simple to be wrong.
 */
public final class EverySupport {
  private final double[] atoms;
  private final int r;
  private final int p;

  /** For a dictionary of r atoms of p features. */
  public EverySupport(float[] atoms, int r, int p) {
    this.atoms = new double[r * p];
    for (int i = 0; i < atoms.length; i++) {
      this.atoms[i] = atoms[i];
    }
    this.r = r;
    this.p = p;
  }

  /** The code of a row of p values. */
  public double[] codes(double[] row) {
    double[] best = new double[r];
    double least = Double.POSITIVE_INFINITY;
    for (int support = 0; support < 1 << r; support++) {
      double[] u = solve(support, row);
      double error = error(u, row);
      if (Arrays.stream(u).allMatch(v -> v >= 0) && error < least) {
        least = error;
        best = u;
      }
    }
    return best;
  }

  /** Gaussian elimination on the normal equations of the atoms in {@code support}. */
  private double[] solve(int support, double[] row) {
    int[] set = new int[Integer.bitCount(support)];
    int count = 0;
    for (int k = 0; k < r; k++) {
      if ((support >> k & 1) == 1) {
        set[count++] = k;
      }
    }
    double[][] m = new double[count][count + 1];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < p; j++) {
        double w = atoms[set[i] * p + j];
        m[i][count] += w * row[j];
        for (int l = 0; l < count; l++) {
          m[i][l] += w * atoms[set[l] * p + j];
        }
      }
    }
    for (int i = 0; i < count; i++) {
      for (int l = 0; l < count; l++) {
        double factor = l == i ? 0 : m[l][i] / m[i][i];
        for (int c = 0; c <= count && l != i; c++) {
          m[l][c] -= factor * m[i][c];
        }
      }
    }
    double[] u = new double[r];
    for (int i = 0; i < count; i++) {
      u[set[i]] = m[i][count] / m[i][i];
    }
    return u;
  }

  private double error(double[] u, double[] row) {
    double sum = 0;
    for (int j = 0; j < p; j++) {
      double rest = row[j];
      for (int k = 0; k < r; k++) {
        rest -= u[k] * atoms[k * p + j];
      }
      sum += rest * rest;
    }
    return sum;
  }
}
