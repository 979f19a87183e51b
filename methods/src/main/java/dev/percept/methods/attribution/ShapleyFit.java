package dev.percept.methods.attribution;

import java.util.Arrays;
import java.util.BitSet;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;

/**
 * Weighted least squares on coalitions under the constraint that the d values add up to a given
 * total. With G the weighted Gram matrix, λ from the constraint: {@code φ = G⁻¹ (b − λ 1)}.
 * Decomposed once for all pictures.
 */
final class ShapleyFit {
  private final ShapleyDesign design;
  private final DecompositionSolver solver;

  /** G⁻¹ 1. */
  private final double[] ones;

  ShapleyFit(ShapleyDesign design) {
    this.design = design;
    int d = design.d();
    double[][] gram = new double[d][d];
    for (int k = 0; k < design.coalitions().size(); k++) {
      BitSet row = design.coalitions().get(k);
      double w = design.weights().get(k);
      for (int i = row.nextSetBit(0); i >= 0; i = row.nextSetBit(i + 1)) {
        for (int j = row.nextSetBit(0); j >= 0; j = row.nextSetBit(j + 1)) {
          gram[i][j] += w;
        }
      }
    }
    solver = new CholeskyDecomposition(new Array2DRowRealMatrix(gram, false)).getSolver();
    double[] one = new double[d];
    Arrays.fill(one, 1);
    ones = solver.solve(new ArrayRealVector(one, false)).toArray();
  }

  /**
   * The d values of one picture.
   *
   * @param scores of the empty coalition, the full one, then of the design's
   */
  double[] solve(float[] scores) {
    int d = design.d();
    double[] right = new double[d];
    for (int k = 0; k < design.coalitions().size(); k++) {
      double y = design.weights().get(k) * ((double) scores[k + 2] - scores[0]);
      BitSet row = design.coalitions().get(k);
      for (int i = row.nextSetBit(0); i >= 0; i = row.nextSetBit(i + 1)) {
        right[i] += y;
      }
    }
    double[] values = solver.solve(new ArrayRealVector(right, false)).toArray();
    double sum = 0;
    double scale = 0;
    for (int i = 0; i < d; i++) {
      sum += values[i];
      scale += ones[i];
    }
    double over = (sum - ((double) scores[1] - scores[0])) / scale;
    for (int i = 0; i < d; i++) {
      values[i] -= over * ones[i];
    }
    return values;
  }
}
