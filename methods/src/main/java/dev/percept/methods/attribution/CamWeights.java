package dev.percept.methods.attribution;

import dev.percept.core.CutGradient;
import dev.percept.core.CutScore;
import dev.percept.core.Grid;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;

/** The weight of a feature in a class activation map. */
@FunctionalInterface
interface CamWeights {
  /**
   * The weight.
   *
   * @param activations of the feature, one a place
   * @param gradients of the score by them
   */
  double of(float[] activations, float[] gradients);

  /** Maps of weighted features, n x 1 x rows x columns. */
  static Tensor maps(
      CutScore score,
      Tensor inputs,
      int batch,
      CamWeights weights,
      boolean rectified,
      String what,
      Run run) {
    Checks.inputs(score, inputs);
    Grid grid = score.grid();
    int n = inputs.rows();
    float[] values = new float[n * grid.places()];
    try (Progress.Stage stage = run.stage(what, n)) {
      for (int from = 0; from < n; from += batch) {
        run.throwIfCancelled();
        int to = Math.min(n, from + batch);
        CutGradient found = score.atCut(inputs.slice(from, to));
        Checks.finite(found.gradients());
        Checks.finite(found.activations().values());
        for (int i = from; i < to; i++) {
          map(found, i - from, weights, rectified, values, i * grid.places());
        }
        stage.advance(to - from);
      }
    }
    return Tensor.wrap(Shape.of(n, 1, grid.rows(), grid.columns()), values);
  }

  private static void map(
      CutGradient found,
      int picture,
      CamWeights weights,
      boolean rectified,
      float[] values,
      int at) {
    Tensor activations = found.activations().values().row(picture);
    Tensor gradients = found.gradients().row(picture);
    // A class token is no place: it neither weighs a feature nor is shown.
    Grid grid = found.activations().grid();
    int locations = grid.places();
    int features = activations.shape().dim(1);
    float[] a = new float[locations];
    float[] g = new float[locations];
    double[] sum = new double[locations];
    for (int k = 0; k < features; k++) {
      for (int l = 0; l < locations; l++) {
        a[l] = activations.get(grid.location(l), k);
        g[l] = gradients.get(grid.location(l), k);
      }
      double w = weights.of(a, g);
      for (int l = 0; l < locations; l++) {
        sum[l] += w * a[l];
      }
    }
    for (int l = 0; l < locations; l++) {
      values[at + l] = (float) (rectified ? Math.max(0, sum[l]) : sum[l]);
    }
  }
}
