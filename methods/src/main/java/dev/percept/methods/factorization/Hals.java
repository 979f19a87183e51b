package dev.percept.methods.factorization;

/**
 * Hierarchical alternating least squares: each coordinate in turn takes its best non-negative value
 * while all others stand still (Cichocki and Phan, 2009). With one inner pass this is coordinate
 * descent in scikit-learn's order: codes first, component by component, then the dictionary.
 */
final class Hals {
  private Hals() {}

  /** Updates codes given the dictionary's Gram matrix. */
  static Alternation.CodeUpdate codes(double[] gram, int r, int innerPasses) {
    float[] g = new float[gram.length];
    for (int i = 0; i < g.length; i++) {
      g[i] = (float) gram[i];
    }
    return (right, codes, from, to) -> {
      double violation = 0;
      for (int i = from; i < to; i++) {
        violation += row(g, right, (i - from) * r, codes, i * r, r, innerPasses);
      }
      return violation;
    };
  }

  private static double row(
      float[] g, float[] right, int b, float[] codes, int u, int r, int innerPasses) {
    double violation = 0;
    for (int pass = 0; pass < innerPasses; pass++) {
      for (int k = 0; k < r; k++) {
        float gradient = -right[b + k];
        for (int l = 0; l < r; l++) {
          gradient += g[k * r + l] * codes[u + l];
        }
        float old = codes[u + k];
        if (pass == 0) {
          violation += Math.abs(old == 0 ? Math.min(0, gradient) : gradient);
        }
        // A dictionary row of zeros explains nothing: its codes stay as they are.
        float diagonal = g[k * r + k];
        if (diagonal > 0) {
          codes[u + k] = Math.max(0, old - gradient / diagonal);
        }
      }
    }
    return violation;
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
          violation += projected(gradient, w, k * p);
        }
        float diagonal = (float) state.codesGram[k * r + k];
        if (diagonal > 0) {
          for (int j = 0; j < p; j++) {
            w[k * p + j] = Math.max(0, w[k * p + j] - gradient[j] / diagonal);
          }
        }
      }
    }
    return violation;
  }

  private static double projected(float[] gradient, float[] w, int from) {
    double sum = 0;
    for (int j = 0; j < gradient.length; j++) {
      sum += Math.abs(w[from + j] == 0 ? Math.min(0, gradient[j]) : gradient[j]);
    }
    return sum;
  }
}
