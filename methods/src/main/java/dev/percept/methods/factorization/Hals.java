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
    float[] g = floats(gram);
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

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** {@code m x r} values from {@code start} on to r x m. */
  private static void transpose(float[] rows, int start, int m, int r, float[] columns) {
    for (int k = 0; k < r; k++) {
      for (int i = 0; i < m; i++) {
        columns[k * m + i] = rows[start + i * r + k];
      }
    }
  }

  /** Coordinate {@code k} of {@code g u − b}, for {@code m} columns side by side. */
  private static void gradient(
      float[] g, int k, int r, float[] u, float[] b, int m, float[] gradient) {
    for (int i = 0; i < m; i++) {
      gradient[i] = -b[k * m + i];
    }
    int l = 0;
    // Four terms at a time read and write the sum a quarter as often, in the same order.
    for (; l + 3 < r; l += 4) {
      int at = l * m;
      float c0 = g[k * r + l];
      float c1 = g[k * r + l + 1];
      float c2 = g[k * r + l + 2];
      float c3 = g[k * r + l + 3];
      for (int i = 0; i < m; i++) {
        gradient[i] =
            gradient[i]
                + c0 * u[at + i]
                + c1 * u[at + m + i]
                + c2 * u[at + 2 * m + i]
                + c3 * u[at + 3 * m + i];
      }
    }
    for (; l < r; l++) {
      float c = g[k * r + l];
      int at = l * m;
      for (int i = 0; i < m; i++) {
        gradient[i] += c * u[at + i];
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
    float[] g = floats(state.codesGram);
    float[] gradient = new float[p];
    double violation = 0;
    for (int pass = 0; pass < innerPasses; pass++) {
      for (int k = 0; k < r; k++) {
        gradient(g, k, r, w, state.codesTimesA, p, gradient);
        if (pass == 0) {
          violation += projected(gradient, w, k * p, p);
        }
        step(g[k * r + k], gradient, w, k * p, p);
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
