package dev.percept.methods.attribution;

import java.util.BitSet;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.RealVector;

/**
 * Weighted least squares on rows of bits with an intercept and a penalty λ on the squared
 * coefficients, but not on the intercept. Decomposed once for all right-hand sides.
 */
final class WeightedRidge {
  private final BitSet[] rows;
  private final int d;
  private final double[] weights;
  private final double[] mean;
  private final DecompositionSolver solver;

  WeightedRidge(BitSet[] rows, int d, double[] weights, double ridge) {
    this.rows = rows;
    this.d = d;
    this.weights = weights;
    this.mean = new double[d];
    double all = 0;
    double[][] gram = new double[d][d];
    for (int k = 0; k < rows.length; k++) {
      all += weights[k];
      for (int i = rows[k].nextSetBit(0); i >= 0; i = rows[k].nextSetBit(i + 1)) {
        mean[i] += weights[k];
        for (int j = rows[k].nextSetBit(0); j >= 0; j = rows[k].nextSetBit(j + 1)) {
          gram[i][j] += weights[k];
        }
      }
    }
    for (int i = 0; i < d; i++) {
      mean[i] /= all;
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        gram[i][j] -= all * mean[i] * mean[j];
      }
      gram[i][i] += ridge;
    }
    // Symmetric but for rounding, which the tolerance of the decomposition need not be told about.
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        gram[i][j] = gram[j][i];
      }
    }
    solver = new CholeskyDecomposition(new Array2DRowRealMatrix(gram, false)).getSolver();
  }

  /** The d coefficients for one response a row. */
  double[] solve(float[] responses) {
    // Taken off the first, so that equal responses give exactly zero.
    double centre = 0;
    double all = 0;
    for (int k = 0; k < rows.length; k++) {
      centre += weights[k] * ((double) responses[k] - responses[0]);
      all += weights[k];
    }
    centre /= all;
    double[] right = new double[d];
    for (int k = 0; k < rows.length; k++) {
      double y = weights[k] * ((double) responses[k] - responses[0] - centre);
      for (int i = 0; i < d; i++) {
        right[i] += y * ((rows[k].get(i) ? 1 : 0) - mean[i]);
      }
    }
    RealVector solved = solver.solve(new ArrayRealVector(right, false));
    return solved.toArray();
  }
}
