package dev.percept.methods.linalg;

import java.util.Arrays;

/** Orthonormal sets of vectors. */
final class Orthonormal {
  /** What is left of a vector below this share of it is rounding. */
  private static final double DEPENDENT = 1e-10;

  private Orthonormal() {}

  /**
   * Makes the vectors orthonormal in order, by Gram and Schmidt's method done twice. A vector that
   * depends on earlier ones becomes zero.
   *
   * @param vectors modified
   */
  static void columns(double[][] vectors) {
    for (int c = 0; c < vectors.length; c++) {
      double[] v = vectors[c];
      double before = Math.sqrt(dot(v, v));
      for (int pass = 0; pass < 2; pass++) {
        for (int d = 0; d < c; d++) {
          double[] w = vectors[d];
          double share = dot(v, w);
          for (int j = 0; j < v.length; j++) {
            v[j] -= share * w[j];
          }
        }
      }
      double norm = Math.sqrt(dot(v, v));
      if (norm <= DEPENDENT * before) {
        Arrays.fill(v, 0);
        continue;
      }
      for (int j = 0; j < v.length; j++) {
        v[j] /= norm;
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
