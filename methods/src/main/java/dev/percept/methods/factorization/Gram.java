package dev.percept.methods.factorization;

/** Inner products of the rows of a small matrix, in double precision. */
final class Gram {
  private Gram() {}

  /** M Mᵀ of an r x p matrix, r x r. */
  static double[] of(float[] matrix, int r, int p) {
    double[] gram = new double[r * r];
    double[] row = new double[p];
    for (int k = 0; k < r; k++) {
      for (int j = 0; j < p; j++) {
        row[j] = matrix[k * p + j];
      }
      for (int l = 0; l <= k; l++) {
        // Four sums, because one would wait for itself at every step.
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 3 < p; j += 4) {
          s0 += row[j] * matrix[l * p + j];
          s1 += row[j + 1] * matrix[l * p + j + 1];
          s2 += row[j + 2] * matrix[l * p + j + 2];
          s3 += row[j + 3] * matrix[l * p + j + 3];
        }
        for (; j < p; j++) {
          s0 += row[j] * matrix[l * p + j];
        }
        gram[k * r + l] = (s0 + s1) + (s2 + s3);
        gram[l * r + k] = gram[k * r + l];
      }
    }
    return gram;
  }
}
