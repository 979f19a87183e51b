package dev.percept.methods.importance;

/**
 * Estimators of total Sobol indices from the outputs of one replicated design. Percept reports
 * {@link #JANSEN}; the others are here to compare with published figures, and keep the published
 * formulas, small-sample bias included.
 *
 * <p>Outputs are ordered A, B, C_1 ... C_r, N of each; C_i is A with column i from B.
 */
public enum TotalEstimator {
  /** Jansen (1999): {@code Σ (f(A) − f(C_i))² / (2 N Var f(A))}. Never negative. */
  JANSEN {
    @Override
    double total(Outputs y, int i) {
      double sum = 0;
      for (int n = 0; n < y.designs(); n++) {
        double d = y.a(n) - y.c(i, n);
        sum += d * d;
      }
      return sum / (2 * y.designs() * y.variance());
    }
  },
  /** Homma and Saltelli (1996). */
  HOMMA {
    @Override
    double total(Outputs y, int i) {
      double sum = 0;
      for (int n = 0; n < y.designs(); n++) {
        sum += y.a(n) * y.c(i, n);
      }
      return (y.variance() - sum / y.designs() + y.mean() * y.mean()) / y.variance();
    }
  },
  /** Janon, Klein, Lagnoux, Nodet and Prieur (2014): moments over A and C_i together. */
  JANON {
    @Override
    double total(Outputs y, int i) {
      double sum = 0;
      double squares = 0;
      double product = 0;
      for (int n = 0; n < y.designs(); n++) {
        double a = y.a(n);
        double c = y.c(i, n);
        sum += a + c;
        squares += a * a + c * c;
        product += a * c;
      }
      double mean = sum / (2 * y.designs());
      // Published with N - 1 here and N in the product: too large by mean² / N for a dead input.
      double variance = squares / (2 * (y.designs() - 1)) - mean * mean;
      return variance > 0 ? 1 - (product / y.designs() - mean * mean) / variance : 0;
    }
  },
  /** Glen and Isaacs (2012): one minus the correlation of f(A) and f(C_i). */
  GLEN {
    @Override
    double total(Outputs y, int i) {
      int designs = y.designs();
      double mean = 0;
      for (int n = 0; n < designs; n++) {
        mean += y.c(i, n) / designs;
      }
      double product = 0;
      double ofA = 0;
      double ofC = 0;
      for (int n = 0; n < designs; n++) {
        double a = y.a(n) - y.mean();
        double c = y.c(i, n) - mean;
        product += a * c;
        ofA += a * a;
        ofC += c * c;
      }
      // Published with N - 1 above and N below, which is why a dead input gets -1 / (N - 1).
      double scale = Math.sqrt(ofA * ofC) * (designs - 1) / designs;
      return scale > 0 ? 1 - product / scale : 0;
    }
  },
  /** Saltelli (2008): for total indices the same as {@link #HOMMA}. */
  SALTELLI {
    @Override
    double total(Outputs y, int i) {
      return HOMMA.total(y, i);
    }
  };

  abstract double total(Outputs y, int i);

  /**
   * Total indices of all concepts; 0 where the outputs of A do not vary.
   *
   * @param outputs (r + 2) N values
   * @param designs N, at least 2
   */
  public double[] totals(float[] outputs, int designs) {
    check(outputs, designs);
    Outputs y = Outputs.of(outputs, designs);
    double[] totals = new double[outputs.length / designs - 2];
    for (int i = 0; i < totals.length && y.variance() > 0; i++) {
      totals[i] = total(y, i);
    }
    return totals;
  }

  /** Refuses outputs that no replicated design gives. */
  static void check(float[] outputs, int designs) {
    if (designs < 2 || outputs.length % designs != 0 || outputs.length / designs < 3) {
      throw new IllegalArgumentException(
          "outputs: expected (r + 2) x designs with designs of at least 2, found "
              + outputs.length
              + " outputs and "
              + designs
              + " designs");
    }
  }

  /** The outputs of a replicated design, with mean and variance (N − 1) of f(A). */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never leaves this file.
  record Outputs(float[] values, int designs, double mean, double variance) {
    static Outputs of(float[] values, int designs) {
      double mean = 0;
      for (int n = 0; n < designs; n++) {
        mean += values[n];
      }
      mean /= designs;
      double squares = 0;
      for (int n = 0; n < designs; n++) {
        double d = values[n] - mean;
        squares += d * d;
      }
      return new Outputs(values, designs, mean, squares / (designs - 1));
    }

    double a(int n) {
      return values[n];
    }

    double c(int i, int n) {
      return values[(i + 2) * designs + n];
    }
  }
}
