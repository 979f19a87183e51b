package dev.percept.methods.hsic;

/** One variable with its kernel, ready to be compared with another, block by block. */
record Side(Kernel.Fitted kernel, Centring centring, int size, boolean unbiased) {

  static Side of(Kernel kernel, double[] values, boolean unbiased) {
    Kernel.Fitted fitted = kernel.fit(values);
    return new Side(fitted, Centring.of(fitted, values.length, unbiased), values.length, unbiased);
  }

  /** Rows {@code from} to {@code to} of the centred matrix, from the diagonal to the right. */
  double[][] block(int from, int to) {
    double[][] block = new double[to - from][size];
    for (int i = from; i < to; i++) {
      row(i, block[i - from]);
    }
    return block;
  }

  private void row(int i, double[] out) {
    kernel.row(i, out);
    centring.apply(i, out, unbiased);
  }

  /** The part of {@code tr B²} that lies in these rows and, mirrored, in these columns. */
  static double squares(double[][] block, int from) {
    double sum = 0;
    for (int i = 0; i < block.length; i++) {
      sum += mirrored(block[i], block[i], from + i);
    }
    return sum;
  }

  /**
   * Adds the part of {@code tr(A B)} and {@code tr A²} that belongs to the rows of {@code block}.
   */
  void add(double[][] block, int from, int k, double[] products, double[] squares) {
    double[] row = new double[size];
    for (int i = 0; i < block.length; i++) {
      row(from + i, row);
      products[k] += mirrored(row, block[i], from + i);
      squares[k] += mirrored(row, row, from + i);
    }
  }

  Independence.Moments moments(double squares) {
    return new Independence.Moments(centring.trace(), squares, centring.squaredDiagonal());
  }

  private static double mirrored(double[] a, double[] b, int i) {
    double right = 0;
    for (int j = i + 1; j < a.length; j++) {
      right += a[j] * b[j];
    }
    return a[i] * b[i] + 2 * right;
  }
}
