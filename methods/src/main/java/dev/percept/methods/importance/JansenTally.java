package dev.percept.methods.importance;

/**
 * Running sums of Jansen's estimator for one example under one randomisation. Sums of several
 * randomisations are added before the ratio is taken, which keeps the bias of a ratio of small
 * samples away.
 */
final class JansenTally {
  long points;
  double sum;
  double squares;
  double reference;
  double largest;
  final double[] differences;
  final double[] slopes;
  final double[] distances;

  JansenTally(int r) {
    differences = new double[r];
    slopes = new double[r];
    distances = new double[r];
  }

  /** f(A) of one more point; values are kept relative to a reference, for precision. */
  void base(double a) {
    points++;
    sum += a - reference;
    squares += (a - reference) * (a - reference);
    largest = Math.max(largest, Math.abs(a));
  }

  /** f(A) and f(C_i), and how far mask i moved between them. */
  void replica(int i, double a, double c, double moved) {
    double d = a - c;
    differences[i] += d * d;
    slopes[i] += d * moved;
    distances[i] += moved * moved;
    largest = Math.max(largest, Math.abs(c));
  }

  /** The sums of all but randomisation {@code without} (-1: of all). */
  static JansenTally sum(JansenTally[] tallies, int without) {
    JansenTally total = new JansenTally(tallies[0].differences.length);
    total.reference = tallies[0].reference;
    for (int b = 0; b < tallies.length; b++) {
      JansenTally t = tallies[b];
      if (b != without) {
        total.points += t.points;
        total.sum += t.sum;
        total.squares += t.squares;
        total.largest = Math.max(total.largest, t.largest);
        for (int i = 0; i < t.differences.length; i++) {
          total.differences[i] += t.differences[i];
          total.slopes[i] += t.slopes[i];
          total.distances[i] += t.distances[i];
        }
      }
    }
    return total;
  }

  /** Total indices; all 0 where the score varies by no more than rounding. */
  double[] totals() {
    double[] totals = new double[differences.length];
    double variance = (squares - sum * sum / points) / (points - 1);
    double rounding = AffineFit.ROUNDING * largest;
    if (variance > rounding * rounding) {
      for (int i = 0; i < totals.length; i++) {
        totals[i] = differences[i] / (2 * points * variance);
      }
    }
    return totals;
  }

  /** Mean change of the score per unit of mask i. */
  double slope(int i) {
    return distances[i] > 0 ? slopes[i] / distances[i] : 0;
  }
}
