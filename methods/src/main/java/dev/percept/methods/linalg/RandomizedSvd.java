package dev.percept.methods.linalg;

import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The leading singular values and vectors of a matrix, by subspace iteration from a random start
 * (Halko, Martinsson and Tropp, 2011). Products are in float32. With few iterations right for
 * starting points; values that are close together need more. Same seed, same bits.
 */
public final class RandomizedSvd {
  private static final int OVERSAMPLING = 10;

  /** Enough for starting points. */
  private static final int ITERATIONS = 3;

  private final int rank;
  private final double[] values;
  private final float[] left;
  private final float[] right;

  private RandomizedSvd(int rank, double[] values, float[] left, float[] right) {
    this.rank = rank;
    this.values = values;
    this.left = left;
    this.right = right;
  }

  /** How many singular values there are. */
  public int rank() {
    return rank;
  }

  /** Singular value {@code k}, largest first. */
  public double value(int k) {
    return values[k];
  }

  /** Entry {@code row} of left singular vector {@code k}. */
  public float left(int row, int k) {
    return left[row * rank + k];
  }

  /** Entry {@code feature} of right singular vector {@code k}. */
  public float right(int feature, int k) {
    return right[feature * rank + k];
  }

  /** Decomposes with three iterations, for starting points. */
  public static RandomizedSvd of(Rows a, int rank, RandomGenerator random, Run run) {
    return of(a, rank, ITERATIONS, random, run);
  }

  /**
   * Decomposes.
   *
   * @param a n x p
   * @param rank how many values, at most min(n, p)
   * @param iterations passes over A that sharpen the subspace
   * @param random for the start
   */
  public static RandomizedSvd of(
      Rows a, int rank, int iterations, RandomGenerator random, Run run) {
    int n = a.size();
    int p = a.features();
    if (rank < 1 || rank > Math.min(n, p)) {
      throw new IllegalArgumentException(
          "rank: 1 to min(rows, features) = " + Math.min(n, p) + ", found " + rank);
    }
    int k = Math.min(rank + OVERSAMPLING, Math.min(n, p));
    double[][] basis = new double[k][p];
    for (double[] column : basis) {
      for (int j = 0; j < p; j++) {
        column[j] = random.nextGaussian();
      }
    }
    Orthonormal.columns(basis);
    for (int i = 0; i < iterations; i++) {
      basis = squareTimes(a, basis, run);
      Orthonormal.columns(basis);
    }
    return rotate(a, basis, rank, run);
  }

  /** AᵀA times the basis. */
  private static double[][] squareTimes(Rows a, double[][] basis, Run run) {
    int p = a.features();
    int k = basis.length;
    FloatBuffer z = direct(basis);
    int groups = a.groups();
    FloatBuffer[] product = new FloatBuffer[groups];
    FloatBuffer[] sum = new FloatBuffer[groups];
    for (int g = 0; g < groups; g++) {
      product[g] = Tensor.allocateDirect(Rows.BLOCK * k);
      sum[g] = Tensor.allocateDirect(p * k);
    }
    a.eachBlock(
        run,
        (group, from, to) -> {
          int m = to - from;
          FloatBuffer rows = a.from(from);
          Blas.multiply(false, true, m, k, p, rows, p, z, p, 0, product[group], k);
          Blas.multiply(true, false, k, p, m, product[group], k, rows, p, 1, sum[group], p);
        });
    double[][] next = new double[k][p];
    for (FloatBuffer s : sum) {
      for (int c = 0; c < k; c++) {
        for (int j = 0; j < p; j++) {
          next[c][j] += s.get(c * p + j);
        }
      }
    }
    return next;
  }

  /** Turns an orthonormal basis of the leading space into singular vectors. */
  private static RandomizedSvd rotate(Rows a, double[][] basis, int rank, Run run) {
    int n = a.size();
    int p = a.features();
    int k = basis.length;
    FloatBuffer z = direct(basis);
    FloatBuffer y = Tensor.allocateDirect(n * k);
    double[][][] partial = new double[a.groups()][k][k];
    a.eachBlock(
        run,
        (group, from, to) -> {
          FloatBuffer target = y.duplicate().position(from * k);
          Blas.multiply(false, true, to - from, k, p, a.from(from), p, z, p, 0, target, k);
          addGram(y, k, from, to, partial[group]);
        });
    RealMatrix gram = MatrixUtils.createRealMatrix(k, k);
    for (double[][] g : partial) {
      gram = gram.add(MatrixUtils.createRealMatrix(g));
    }
    EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(gram);
    double[] values = new double[rank];
    float[] left = new float[n * rank];
    float[] right = new float[p * rank];
    for (int c = 0; c < rank; c++) {
      values[c] = Math.sqrt(Math.max(0, eigen.getEigenvalue(c)));
      double[] turn = eigen.getEigenvector(c).toArray();
      for (int j = 0; j < p; j++) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          sum += basis[l][j] * turn[l];
        }
        right[j * rank + c] = (float) sum;
      }
      for (int i = 0; i < n && values[c] > 0; i++) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          sum += y.get(i * k + l) * turn[l];
        }
        left[i * rank + c] = (float) (sum / values[c]);
      }
    }
    return new RandomizedSvd(rank, values, left, right);
  }

  private static void addGram(FloatBuffer y, int k, int from, int to, double[][] gram) {
    float[] row = new float[k];
    for (int i = from; i < to; i++) {
      y.get(i * k, row);
      for (int c = 0; c < k; c++) {
        for (int d = 0; d < k; d++) {
          gram[c][d] += (double) row[c] * row[d];
        }
      }
    }
  }

  private static FloatBuffer direct(double[][] rows) {
    FloatBuffer buffer = Tensor.allocateDirect(rows.length * rows[0].length);
    for (double[] row : rows) {
      for (double v : row) {
        buffer.put((float) v);
      }
    }
    return buffer.flip();
  }
}
