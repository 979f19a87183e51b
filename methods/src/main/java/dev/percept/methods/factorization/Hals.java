package dev.percept.methods.factorization;

import dev.percept.methods.linalg.Rows;

/**
 * Hierarchical alternating least squares: each coordinate in turn takes its best non-negative value
 * while all others stand still (Cichocki and Phan, 2009). With one inner pass this is coordinate
 * descent in scikit-learn's order: codes first, component by component, then the dictionary.
 */
final class Hals {
  private Hals() {}

  /**
   * Updates codes given the dictionary's Gram matrix. A block is turned on its side first: row
   * after row, one coordinate is a long sum that must be added up in order; for all rows at once it
   * is a loop that the compiler vectorises, several times faster, with the same bits.
   */
  static Alternation.CodeUpdate codes(double[] gram, int r, int innerPasses) {
    float[] g = new float[gram.length];
    for (int i = 0; i < g.length; i++) {
      g[i] = (float) gram[i];
    }
    float[] u = new float[r * Rows.BLOCK];
    float[] b = new float[r * Rows.BLOCK];
    float[] gradient = new float[Rows.BLOCK];
    return (right, codes, from, to) -> {
      int m = to - from;
      transpose(codes, from * r, m, r, u);
      transpose(right, 0, m, r, b);
      double violation = 0;
      for (int pass = 0; pass < innerPasses; pass++) {
        for (int k = 0; k < r; k++) {
          gradient(g, k, r, u, b, m, gradient);
          if (pass == 0) {
            violation += projected(gradient, u, k * m, m);
          }
          step(g[k * r + k], gradient, u, k * m, m);
        }
      }
      for (int i = 0; i < m; i++) {
        for (int k = 0; k < r; k++) {
          codes[(from + i) * r + k] = u[k * m + i];
        }
      }
      return violation;
    };
  }

  /** {@code m x r} values from {@code start} on to r x m. */
  private static void transpose(float[] rows, int start, int m, int r, float[] columns) {
    for (int k = 0; k < r; k++) {
      for (int i = 0; i < m; i++) {
        columns[k * m + i] = rows[start + i * r + k];
      }
    }
  }

  private static void gradient(
      float[] g, int k, int r, float[] u, float[] b, int m, float[] gradient) {
    for (int i = 0; i < m; i++) {
      gradient[i] = -b[k * m + i];
    }
    for (int l = 0; l < r; l++) {
      float c = g[k * r + l];
      int row = l * m;
      for (int i = 0; i < m; i++) {
        gradient[i] += c * u[row + i];
      }
    }
  }

  /** The best value of one coordinate, for {@code m} of them side by side. */
  private static void step(float diagonal, float[] gradient, float[] u, int from, int m) {
    // A concept without weight explains nothing: it stays as it is.
    if (diagonal > 0) {
      for (int i = 0; i < m; i++) {
        u[from + i] = Math.max(0, u[from + i] - gradient[i] / diagonal);
      }
    }
  }

  /** Updates the dictionary from the sums of the last pass. Returns the projected gradient. */
  static double atoms(Alternation state, int innerPasses) {
    int r = state.r;
    int p = state.p;
    float[] w = state.atoms;
    float[] gradient = new float[p];
    double violation = 0;
    for (int pass = 0; pass < innerPasses; pass++) {
      for (int k = 0; k < r; k++) {
        for (int j = 0; j < p; j++) {
          gradient[j] = -state.codesTimesA[k * p + j];
        }
        for (int l = 0; l < r; l++) {
          float c = (float) state.codesGram[k * r + l];
          for (int j = 0; j < p; j++) {
            gradient[j] += c * w[l * p + j];
          }
        }
        if (pass == 0) {
          violation += projected(gradient, w, k * p, p);
        }
        step((float) state.codesGram[k * r + k], gradient, w, k * p, p);
      }
    }
    return violation;
  }

  private static double projected(float[] gradient, float[] w, int from, int count) {
    double sum = 0;
    for (int j = 0; j < count; j++) {
      sum += Math.abs(w[from + j] == 0 ? Math.min(0, gradient[j]) : gradient[j]);
    }
    return sum;
  }
}
