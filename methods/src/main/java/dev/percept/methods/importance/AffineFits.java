package dev.percept.methods.importance;

import dev.percept.core.Importance;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.List;

/** The affine fits of several examples; only those that were tried. */
record AffineFits(List<AffineFit> fits) {
  boolean areAffine() {
    return fits.stream().allMatch(AffineFit::isAffine);
  }

  AffineFits require() {
    for (int e = 0; e < fits.size(); e++) {
      AffineFit fit = fits.get(e);
      if (!fit.isAffine()) {
        throw new PerceptException(
            "the score of example "
                + e
                + " is not affine in the concepts (off by "
                + fit.gap()
                + ", rounding explains "
                + fit.tolerance()
                + "); use the sampled estimator, jansen");
      }
    }
    return this;
  }

  Importance importance(Run run) {
    int n = fits.size();
    int r = fits.get(0).contributions().length;
    double[][] totals = new double[n][];
    double[] slope = new double[r];
    for (int e = 0; e < n; e++) {
      totals[e] = fits.get(e).totals();
      for (int i = 0; i < r; i++) {
        slope[i] += fits.get(e).contributions()[i] / n;
      }
    }
    return Summary.exact(
        new Summary.Estimate(AffineImportance.NAME, Importance.Scale.VARIANCE, 0, true),
        totals,
        slope,
        run);
  }

  Contributions contributions() {
    int n = fits.size();
    int r = fits.get(0).contributions().length;
    float[] start = new float[n];
    float[] values = new float[n * r];
    for (int e = 0; e < n; e++) {
      start[e] = (float) fits.get(e).start();
      for (int i = 0; i < r; i++) {
        values[e * r + i] = (float) fits.get(e).contributions()[i];
      }
    }
    return new Contributions(Tensor.wrap(Shape.of(n), start), Tensor.wrap(Shape.of(n, r), values));
  }
}
