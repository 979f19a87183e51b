package dev.percept.methods.factorization;

/** The best dictionary for given codes. */
final class LeastSquares {
  private LeastSquares() {}

  /**
   * Solves {@code UᵀU W = UᵀA} for W, in double precision. A concept whose codes are 0 or depend on
   * those of earlier concepts gets a row of zeros.
   *
   * @param state its atoms are modified
   * @param total ‖A‖²
   * @return ‖A − U W‖² of the result, as ‖A‖² − ⟨W, UᵀA⟩
   */
  static double atoms(Alternation state, double total) {
    int r = state.r;
    int p = state.p;
    double[] scale = new double[r];
    double[] gram = new double[r * r];
    for (int k = 0; k < r; k++) {
      double diagonal = state.codesGram[k * r + k];
      scale[k] = diagonal > 0 ? 1 / Math.sqrt(diagonal) : 0;
    }
    for (int k = 0; k < r; k++) {
      for (int l = 0; l < r; l++) {
        gram[k * r + l] = state.codesGram[k * r + l] * scale[k] * scale[l];
      }
    }
    int[] set = new int[r];
    int count = 0;
    Cholesky cholesky = new Cholesky(gram, r);
    double[] b = new double[r];
    double[] x = new double[r];
    for (int k = 0; k < r; k++) {
      set[count] = k;
      count += cholesky.solve(set, count + 1, b, x) < 0 ? 1 : 0;
    }
    double explained = 0;
    for (int j = 0; j < p; j++) {
      for (int k = 0; k < r; k++) {
        b[k] = state.codesTimesA[k * p + j] * scale[k];
        x[k] = 0;
      }
      cholesky.solve(set, count, b, x);
      for (int k = 0; k < r; k++) {
        state.atoms[k * p + j] = (float) (x[k] * scale[k]);
        explained += x[k] * b[k];
      }
    }
    return Math.max(0, total - explained);
  }
}
