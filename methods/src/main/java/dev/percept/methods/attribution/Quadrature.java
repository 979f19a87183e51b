package dev.percept.methods.attribution;

/** How an integral from 0 to 1 is approximated by a sum. */
public enum Quadrature {
  /** Exact for polynomials up to degree 2 n − 1. */
  GAUSS_LEGENDRE("Gauss-Legendre") {
    @Override
    Rule rule(int n) {
      double[] at = new double[n];
      double[] weights = new double[n];
      for (int i = 0; i < n; i++) {
        // Newton's method on the Legendre polynomial, from Tricomi's approximation of its roots.
        double x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
        double slope = 0;
        for (int step = 0; step < 100; step++) {
          double before = 1;
          double value = x;
          for (int k = 2; k <= n; k++) {
            double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
            before = value;
            value = next;
          }
          slope = n * (x * value - before) / (x * x - 1);
          double move = value / slope;
          x -= move;
          if (Math.abs(move) < 1e-15) {
            break;
          }
        }
        at[n - 1 - i] = (1 + x) / 2;
        weights[n - 1 - i] = 1 / ((1 - x * x) * slope * slope);
      }
      return new Rule(at, weights);
    }
  },
  /** The middles of n equal steps. */
  RIEMANN("Riemann, midpoints") {
    @Override
    Rule rule(int n) {
      double[] at = new double[n];
      double[] weights = new double[n];
      for (int i = 0; i < n; i++) {
        at[i] = (i + 0.5) / n;
        weights[i] = 1.0 / n;
      }
      return new Rule(at, weights);
    }
  };

  private final String words;

  Quadrature(String words) {
    this.words = words;
  }

  /** Its name in settings. */
  String words() {
    return words;
  }

  /** The rule of n points, at least 1. */
  abstract Rule rule(int n);

  /** Points from 0 to 1 in rising order, and weights that add up to 1. */
  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere, never leaves this package.
  record Rule(double[] at, double[] weights) {}
}
