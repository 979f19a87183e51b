package dev.percept.methods.hsic;

/**
 * What double centring takes off a kernel matrix, and what is left on its diagonal. With it {@code
 * HKH} needs no matrix: an entry is {@code k_ij − rows_i − rows_j + all}.
 *
 * @param rows n: row means (biased), or row sums without the diagonal over n − 2 (unbiased)
 * @param all mean of all entries, or the sum without the diagonal over (n − 1)(n − 2)
 * @param trace of the centred matrix
 * @param squaredDiagonal sum of its squared diagonal entries
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one measurement, never compared.
record Centring(double[] rows, double all, double trace, double squaredDiagonal) {

  static Centring of(Kernel.Fitted kernel, int n, boolean unbiased) {
    double[] sums = new double[n];
    double[] diagonal = new double[n];
    double[] row = new double[n];
    for (int i = 0; i < n; i++) {
      kernel.row(i, row);
      diagonal[i] = row[i];
      for (int j = i + 1; j < n; j++) {
        sums[i] += row[j];
        sums[j] += row[j];
      }
    }
    double total = 0;
    for (int i = 0; i < n; i++) {
      sums[i] += unbiased ? 0 : diagonal[i];
      total += sums[i];
    }
    double each = unbiased ? n - 2 : n;
    double all = unbiased ? total / (n - 1) / (n - 2) : total / n / n;
    double trace = 0;
    double squared = 0;
    for (int i = 0; i < n; i++) {
      sums[i] /= each;
      if (!unbiased) {
        double left = diagonal[i] - 2 * sums[i] + all;
        trace += left;
        squared += left * left;
      }
    }
    return new Centring(sums, all, trace, squared);
  }

  /**
   * Centres {@code k(x_i, x_j)}, j = i ... n − 1, in place; nothing is left of an unbiased
   * diagonal.
   */
  void apply(int i, double[] row, boolean unbiased) {
    for (int j = i; j < row.length; j++) {
      row[j] += all - rows[i] - rows[j];
    }
    if (unbiased) {
      row[i] = 0;
    }
  }
}
