package dev.percept.methods.importance;

/**
 * Running sums for first-order and total indices of one example under one randomisation. Scores are
 * kept relative to a reference, for precision.
 */
final class IndexTally {
  private final double[] products;
  private final double[] changes;
  private final double[] squaredChanges;
  private final double reference;
  private long points;
  private double sum;
  private double squares;
  private double largest;

  IndexTally(int r, double reference) {
    this.products = new double[r];
    this.changes = new double[r];
    this.squaredChanges = new double[r];
    this.reference = reference;
  }

  /**
   * Adds a point.
   *
   * @param f holds f(A), f(C_1) ... f(C_r), f(B) from {@code at}
   */
  void add(float[] f, int at) {
    int r = products.length;
    double a = f[at] - reference;
    double b = f[at + r + 1] - reference;
    points++;
    sum += a + b;
    squares += a * a + b * b;
    for (int i = 0; i <= r + 1; i++) {
      largest = Math.max(largest, Math.abs(f[at + i]));
    }
    for (int i = 0; i < r; i++) {
      double change = f[at + 1 + i] - reference - a;
      products[i] += b * change;
      changes[i] += change;
      squaredChanges[i] += change * change;
    }
  }

  /** The sums of all but randomisation {@code without} (-1: of all). */
  static IndexTally sum(IndexTally[] tallies, int without) {
    IndexTally total = new IndexTally(tallies[0].products.length, tallies[0].reference);
    for (int b = 0; b < tallies.length; b++) {
      if (b != without) {
        IndexTally t = tallies[b];
        total.points += t.points;
        total.sum += t.sum;
        total.squares += t.squares;
        total.largest = Math.max(total.largest, t.largest);
        for (int i = 0; i < total.products.length; i++) {
          total.products[i] += t.products[i];
          total.changes[i] += t.changes[i];
          total.squaredChanges[i] += t.squaredChanges[i];
        }
      }
    }
    return total;
  }

  /** r first-order indices, then r total ones; 0 where the score varies by rounding only. */
  double[] indices() {
    int r = products.length;
    double[] indices = new double[2 * r];
    double mean = sum / (2 * points);
    double variance = (squares - sum * mean) / (2 * points - 1);
    double rounding = AffineFit.ROUNDING * largest;
    if (variance > rounding * rounding) {
      for (int i = 0; i < r; i++) {
        indices[i] = (products[i] - mean * changes[i]) / (points * variance);
        indices[r + i] = squaredChanges[i] / (2 * points * variance);
      }
    }
    return indices;
  }
}
