package dev.percept.methods.factorization;

import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.methods.linalg.Blas;
import dev.percept.methods.linalg.Rows;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The state of a factorisation {@code A ≈ U W} under way and the one pass over A that every method
 * makes: for a block of rows, first {@code A Wᵀ}, from it new codes, from these the sums {@code
 * UᵀU} and {@code UᵀA} that a new dictionary needs. A is read once a sweep.
 */
final class Alternation {
  /** Rows whose residual is formed at once: as wide as A, so few of them. */
  private static final int RESIDUAL_ROWS = 64;

  final Rows a;
  final int r;
  final int p;

  /** n x r. */
  final float[] codes;

  /** r x p. */
  final float[] atoms;

  /** UᵀU, r x r. */
  final double[] codesGram;

  /** UᵀA, r x p. */
  final float[] codesTimesA;

  private final FloatBuffer atomsDirect;
  private final FloatBuffer[] product;
  private final FloatBuffer[] blockCodes;
  private final FloatBuffer[] sum;

  Alternation(Rows a, int concepts, float[] codes, float[] atoms) {
    this.a = a;
    this.r = concepts;
    this.p = a.features();
    this.codes = codes;
    this.atoms = atoms;
    this.codesGram = new double[r * r];
    this.codesTimesA = new float[r * p];
    this.atomsDirect = Tensor.allocateDirect(r * p);
    int groups = a.groups();
    this.product = new FloatBuffer[groups];
    this.blockCodes = new FloatBuffer[groups];
    this.sum = new FloatBuffer[groups];
    for (int g = 0; g < groups; g++) {
      product[g] = Tensor.allocateDirect(Rows.BLOCK * r);
      blockCodes[g] = Tensor.allocateDirect(Rows.BLOCK * r);
      sum[g] = Tensor.allocateDirect(r * p);
    }
  }

  /** New codes for a block of rows. One instance serves one group. */
  @FunctionalInterface
  interface CodeUpdate {
    /**
     * Updates codes.
     *
     * @param rightSide A Wᵀ of these rows, row by row
     * @param codes all codes, n x r; those of these rows are modified
     * @return how far the codes were from being best, in the unit of the method
     */
    double update(float[] rightSide, float[] codes, int from, int to);
  }

  /** One pass over A. Returns the sum of what the updates returned. */
  double pass(Run run, Supplier<CodeUpdate> updates) {
    atomsDirect.put(0, atoms);
    int groups = a.groups();
    CodeUpdate[] update = new CodeUpdate[groups];
    double[] violation = new double[groups];
    double[][] gram = new double[groups][r * r];
    float[][] right = new float[groups][Rows.BLOCK * r];
    for (int g = 0; g < groups; g++) {
      update[g] = updates.get();
    }
    boolean[] begun = new boolean[groups];
    a.eachBlock(
        run,
        (g, from, to) -> {
          int m = to - from;
          FloatBuffer rows = a.from(from);
          Blas.multiply(false, true, m, r, p, rows, p, atomsDirect, p, 0, product[g], r);
          product[g].get(0, right[g], 0, m * r);
          violation[g] += update[g].update(right[g], codes, from, to);
          blockCodes[g].put(0, codes, from * r, m * r);
          float keep = begun[g] ? 1 : 0;
          Blas.multiply(true, false, r, p, m, blockCodes[g], r, rows, p, keep, sum[g], p);
          begun[g] = true;
          addGram(gram[g], from, to);
        });
    reduce(gram);
    double total = 0;
    for (double v : violation) {
      total += v;
    }
    return total;
  }

  /** Adds to the upper triangle; {@link #reduce} mirrors it. */
  private void addGram(double[] gram, int from, int to) {
    for (int i = from; i < to; i++) {
      int row = i * r;
      for (int k = 0; k < r; k++) {
        double c = codes[row + k];
        if (c != 0) {
          for (int l = k; l < r; l++) {
            gram[k * r + l] += c * codes[row + l];
          }
        }
      }
    }
  }

  private void reduce(double[][] gram) {
    Arrays.fill(codesGram, 0);
    Arrays.fill(codesTimesA, 0);
    float[] part = new float[r * p];
    for (int g = 0; g < gram.length; g++) {
      for (int i = 0; i < codesGram.length; i++) {
        codesGram[i] += gram[g][i];
      }
      sum[g].get(0, part);
      for (int i = 0; i < part.length; i++) {
        codesTimesA[i] += part[i];
      }
    }
    for (int k = 0; k < r; k++) {
      for (int l = 0; l < k; l++) {
        codesGram[k * r + l] = codesGram[l * r + k];
      }
    }
  }

  /** W Wᵀ, r x r. */
  double[] atomsGram() {
    return Gram.of(atoms, r, p);
  }

  /** ‖A − U W‖ / ‖A‖, from the residual itself. */
  double relativeError(Run run) {
    atomsDirect.put(0, atoms);
    int groups = a.groups();
    double[] squares = new double[groups];
    FloatBuffer[] fitted = new FloatBuffer[groups];
    a.eachBlock(
        run,
        (g, from, to) -> {
          if (fitted[g] == null) {
            fitted[g] = Tensor.allocateDirect(RESIDUAL_ROWS * p);
          }
          for (int i = from; i < to; i += RESIDUAL_ROWS) {
            squares[g] += residual(i, Math.min(to, i + RESIDUAL_ROWS), blockCodes[g], fitted[g]);
          }
        });
    double total = 0;
    for (double s : squares) {
      total += s;
    }
    return Math.sqrt(total / a.sumOfSquares(run));
  }

  /** The squared residual of some rows; {@code u} and {@code fitted} are scratch. */
  private double residual(int from, int to, FloatBuffer u, FloatBuffer fitted) {
    int m = to - from;
    u.put(0, codes, from * r, m * r);
    Blas.multiply(false, false, m, p, r, u, r, atomsDirect, p, 0, fitted, p);
    float[] actual = new float[p];
    float[] row = new float[p];
    double squares = 0;
    for (int i = 0; i < m; i++) {
      a.from(from + i).get(actual);
      fitted.get(i * p, row);
      for (int j = 0; j < p; j++) {
        double d = (double) actual[j] - row[j];
        squares += d * d;
      }
    }
    return squares;
  }
}
