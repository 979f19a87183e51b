package dev.percept.methods.importance;

/**
 * Estimators of first-order Sobol indices, the share of the variance that a concept explains by
 * itself, from the outputs of the replicated design that {@link TotalEstimator} uses. Estimates of
 * small indices may be negative.
 *
 * <p>Outputs are ordered A, B, C_1 ... C_r, N of each; C_i is A with column i from B. The variance
 * is that of A and B together.
 */
public enum FirstOrderEstimator {
  /**
   * Saltelli et al. (2010), table 2 (b): {@code Σ f(B) (f(C_i) − f(A)) / (N Var f)}, with the mean
   * taken off f(B), which changes nothing on average and much in one sample. A concept without
   * effect gives exactly 0: best for small indices, and what {@link SobolAnalysis} uses.
   */
  SALTELLI {
    @Override
    double variance(double a, double b, double c, double mean, double variance) {
      return (b - mean) * (c - a);
    }
  },
  /**
   * Jansen (1999), table 2 (c) there: {@code 1 − Σ (f(B) − f(C_i))² / (2 N Var f)}. A concept that
   * explains everything gives exactly 1: best for large indices.
   */
  JANSEN {
    @Override
    double variance(double a, double b, double c, double mean, double variance) {
      return variance - (b - c) * (b - c) / 2;
    }
  };

  /** What one point adds to the variance that a concept explains by itself. */
  abstract double variance(double a, double b, double c, double mean, double variance);

  /**
   * First-order indices of all concepts; 0 where the outputs of A and B do not vary.
   *
   * @param outputs (r + 2) N values
   * @param designs N, at least 2
   */
  public double[] firsts(float[] outputs, int designs) {
    TotalEstimator.check(outputs, designs);
    double mean = 0;
    for (int n = 0; n < 2 * designs; n++) {
      mean += outputs[n];
    }
    mean /= 2.0 * designs;
    double variance = 0;
    for (int n = 0; n < 2 * designs; n++) {
      variance += (outputs[n] - mean) * (outputs[n] - mean) / (2.0 * designs - 1);
    }
    double[] firsts = new double[outputs.length / designs - 2];
    for (int i = 0; i < firsts.length && variance > 0; i++) {
      double sum = 0;
      for (int n = 0; n < designs; n++) {
        float c = outputs[(i + 2) * designs + n];
        sum += variance(outputs[n], outputs[designs + n], c, mean, variance);
      }
      firsts[i] = sum / designs / variance;
    }
    return firsts;
  }
}
