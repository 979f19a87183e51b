package dev.percept.methods.metric;

import dev.percept.core.Tensor;

/** Cosines between rows of two matrices. */
final class Cosine {
  private Cosine() {}

  /** All pairs; a row of zeros has cosine 0 with everything. */
  static double[][] pairs(Tensor a, Tensor b) {
    int p = a.shape().dim(1);
    double[][] x = unit(a);
    double[][] y = unit(b);
    double[][] cosines = new double[x.length][y.length];
    for (int k = 0; k < x.length; k++) {
      for (int l = 0; l < y.length; l++) {
        double dot = 0;
        for (int j = 0; j < p; j++) {
          dot += x[k][j] * y[l][j];
        }
        cosines[k][l] = dot;
      }
    }
    return cosines;
  }

  /** Rows of length 1, or 0. */
  static double[][] unit(Tensor matrix) {
    int p = matrix.shape().dim(1);
    double[][] rows = new double[matrix.rows()][p];
    for (int k = 0; k < rows.length; k++) {
      double squares = 0;
      for (int j = 0; j < p; j++) {
        rows[k][j] = matrix.get(k, j);
        squares += rows[k][j] * rows[k][j];
      }
      double norm = Math.sqrt(squares);
      for (int j = 0; j < p && norm > 0; j++) {
        rows[k][j] /= norm;
      }
    }
    return rows;
  }
}
