package dev.percept.methods.map;

import dev.percept.core.Tensor;

/** How alike crops are to the model: cosines of their activations. */
final class Looks {
  private final Tensor activations;
  private final double[] norm;

  Looks(Tensor activations) {
    this.activations = activations;
    this.norm = new double[activations.rows()];
    for (int i = 0; i < norm.length; i++) {
      norm[i] = Math.sqrt(dot(activations.row(i), activations.row(i)));
    }
  }

  double cosine(int a, int b) {
    double scale = norm[a] * norm[b];
    return scale > 0 ? dot(activations.row(a), activations.row(b)) / scale : 0;
  }

  /** The cosine of every crop to a direction. */
  double[] like(Tensor direction) {
    double length = Math.sqrt(dot(direction, direction));
    double[] cosines = new double[norm.length];
    for (int i = 0; i < norm.length; i++) {
      double scale = norm[i] * length;
      cosines[i] = scale > 0 ? dot(activations.row(i), direction) / scale : 0;
    }
    return cosines;
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int j = 0; j < a.shape().size(); j++) {
      sum += (double) a.get(j) * b.get(j);
    }
    return sum;
  }
}
