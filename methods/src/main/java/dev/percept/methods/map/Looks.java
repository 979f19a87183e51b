package dev.percept.methods.map;

import dev.percept.core.Tensor;

/** How alike crops are to the model: cosines of their activations. Not for several threads. */
final class Looks {
  private final Tensor activations;
  private final double[] norm;

  /** Rows are copied here before they are multiplied: reading a tensor value by value is slow. */
  private final float[] left;

  private final float[] right;

  Looks(Tensor activations) {
    this.activations = activations;
    this.left = new float[activations.shape().dim(1)];
    this.right = new float[left.length];
    this.norm = new double[activations.rows()];
    for (int i = 0; i < norm.length; i++) {
      copy(i, left);
      norm[i] = Math.sqrt(dot(left, left));
    }
  }

  double cosine(int a, int b) {
    double scale = norm[a] * norm[b];
    copy(a, left);
    copy(b, right);
    return scale > 0 ? dot(left, right) / scale : 0;
  }

  /** The cosine of every crop to a direction. */
  double[] like(Tensor direction) {
    float[] towards = direction.toArray();
    double length = Math.sqrt(dot(towards, towards));
    double[] cosines = new double[norm.length];
    for (int i = 0; i < norm.length; i++) {
      double scale = norm[i] * length;
      copy(i, left);
      cosines[i] = scale > 0 ? dot(left, towards) / scale : 0;
    }
    return cosines;
  }

  private void copy(int row, float[] target) {
    activations.copyTo(row * target.length, target, 0, target.length);
  }

  private static double dot(float[] a, float[] b) {
    // Four sums, because one would wait for itself at every step.
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 3 < a.length; j += 4) {
      s0 += (double) a[j] * b[j];
      s1 += (double) a[j + 1] * b[j + 1];
      s2 += (double) a[j + 2] * b[j + 2];
      s3 += (double) a[j + 3] * b[j + 3];
    }
    for (; j < a.length; j++) {
      s0 += (double) a[j] * b[j];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
