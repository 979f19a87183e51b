package dev.percept.methods.head;

import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Multinomial logistic regression on standardised features: the minimum of the mean of {@code −log
 * p(y|x)} plus {@code λ/2 ‖W‖²}; biases are not penalised. Features that do not vary have no
 * weight.
 *
 * <p>The penalty makes the minimum unique up to biases that all grow alike; these sum to 0.
 *
 * @param lambda λ, above 0
 */
record LogisticRegression(double lambda) {
  private static final Lbfgs OPTIMIZER = new Lbfgs(400, 1e-5);

  LogisticRegression {
    if (!(lambda > 0) || !Double.isFinite(lambda)) {
      throw new IllegalArgumentException("lambda: above 0, found " + lambda);
    }
  }

  /**
   * Fits some rows.
   *
   * @param features n x p
   * @param labels n, from 0 to {@code classes} − 1
   * @param rows those that are fitted
   * @param start a fit of the same size to start from, as weights of standardised features; or
   *     empty
   */
  Fit fit(Tensor features, int[] labels, int classes, List<Integer> rows, double[] start, Run run) {
    Scale scale = Scale.of(features, rows);
    int p = features.shape().dim(1);
    int n = rows.size();
    float[] x = new float[n * p];
    int[] y = new int[n];
    for (int i = 0; i < n; i++) {
      y[i] = labels[rows.get(i)];
      for (int j = 0; j < p; j++) {
        x[i * p + j] = (float) ((features.get(rows.get(i), j) - scale.mean[j]) * scale.factor[j]);
      }
    }
    int each = p + 1;
    double[] from = start.length == 0 ? new double[classes * each] : start;
    double[] w =
        OPTIMIZER.minimize((v, gradient) -> loss(x, y, classes, p, v, gradient), from, run);
    centreBiases(w, classes, each);
    return new Fit(w, scale.fold(w, classes, p), p, classes);
  }

  private double loss(float[] x, int[] y, int classes, int p, double[] w, double[] gradient) {
    int n = y.length;
    int each = p + 1;
    Arrays.fill(gradient, 0);
    double loss = 0;
    double[] logits = new double[classes];
    for (int i = 0; i < n; i++) {
      int at = i * p;
      double max = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        double sum = w[c * each + p];
        for (int j = 0; j < p; j++) {
          sum += w[c * each + j] * x[at + j];
        }
        logits[c] = sum;
        max = Math.max(max, sum);
      }
      double total = 0;
      for (int c = 0; c < classes; c++) {
        total += Math.exp(logits[c] - max);
      }
      loss += Math.log(total) + max - logits[y[i]];
      for (int c = 0; c < classes; c++) {
        double residual = (Math.exp(logits[c] - max) / total - (c == y[i] ? 1 : 0)) / n;
        for (int j = 0; j < p; j++) {
          gradient[c * each + j] += residual * x[at + j];
        }
        gradient[c * each + p] += residual;
      }
    }
    double norm = 0;
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < p; j++) {
        double v = w[c * each + j];
        norm += v * v;
        gradient[c * each + j] += lambda * v;
      }
    }
    return loss / n + lambda / 2 * norm;
  }

  private static void centreBiases(double[] w, int classes, int each) {
    double mean = 0;
    for (int c = 0; c < classes; c++) {
      mean += w[c * each + each - 1] / classes;
    }
    for (int c = 0; c < classes; c++) {
      w[c * each + each - 1] -= mean;
    }
  }

  /** Mean and 1 / standard deviation of each feature; 0 for features that do not vary. */
  private static final class Scale {
    private final double[] mean;
    private final double[] factor;

    private Scale(double[] mean, double[] factor) {
      this.mean = mean;
      this.factor = factor;
    }

    static Scale of(Tensor features, List<Integer> rows) {
      int p = features.shape().dim(1);
      double[] mean = new double[p];
      double[] factor = new double[p];
      for (int row : rows) {
        for (int j = 0; j < p; j++) {
          mean[j] += (double) features.get(row, j) / rows.size();
        }
      }
      for (int row : rows) {
        for (int j = 0; j < p; j++) {
          double d = features.get(row, j) - mean[j];
          factor[j] += d * d / rows.size();
        }
      }
      for (int j = 0; j < p; j++) {
        double deviation = Math.sqrt(factor[j]);
        // Rounding of the mean is no variation.
        factor[j] = deviation > 1e-6 * (1e-6 + Math.abs(mean[j])) ? 1 / deviation : 0;
      }
      return new Scale(mean, factor);
    }

    /** Weights and biases of features as they are. */
    double[] fold(double[] w, int classes, int p) {
      double[] out = w.clone();
      int each = p + 1;
      for (int c = 0; c < classes; c++) {
        double bias = w[c * each + p];
        for (int j = 0; j < p; j++) {
          out[c * each + j] = w[c * each + j] * factor[j];
          bias -= out[c * each + j] * mean[j];
        }
        out[c * each + p] = bias;
      }
      return out;
    }
  }

  /** What was fitted. */
  static final class Fit {
    private final double[] standardised;
    private final double[] folded;
    private final int features;
    private final int classes;

    private Fit(double[] standardised, double[] folded, int features, int classes) {
      this.standardised = standardised;
      this.folded = folded;
      this.features = features;
      this.classes = classes;
    }

    /** Weights of standardised features, to start another fit from. */
    double[] standardised() {
      return standardised;
    }

    double weight(int c, int feature) {
      return folded[c * (features + 1) + feature];
    }

    double bias(int c) {
      return folded[c * (features + 1) + features];
    }

    /** Logits of one row of features. */
    double[] logits(Tensor all, int row) {
      double[] out = new double[classes];
      for (int c = 0; c < classes; c++) {
        double sum = bias(c);
        for (int j = 0; j < features; j++) {
          sum += weight(c, j) * all.get(row, j);
        }
        out[c] = sum;
      }
      return out;
    }
  }
}
