package dev.percept.methods.metric;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects {@link Reconstruction} batch by batch, so that activations need not be kept. Not safe
 * for use from several threads; the same batches in the same order give the same bits.
 */
public final class ReconstructionTally {
  private static final int BLOCK = 256;

  private final float[] atoms;
  private final float[] offset;
  private final int r;
  private final int p;
  private final double[] sum;
  private final double[] squares;
  private final double[] errors;
  private long rows;

  /** For codes of {@code dictionary}. */
  public ReconstructionTally(Dictionary dictionary) {
    r = dictionary.concepts();
    p = dictionary.features();
    atoms = dictionary.atoms().toArray();
    Tensor b = dictionary.offset();
    offset = b == null ? new float[p] : b.toArray();
    sum = new double[p];
    squares = new double[p];
    errors = new double[p];
  }

  /**
   * Adds rows.
   *
   * @param activations n x p
   * @param codes n x r
   */
  public void add(Tensor activations, Tensor codes, Run run) {
    int n = activations.rows();
    if (!activations.shape().equals(Shape.of(n, p)) || !codes.shape().equals(Shape.of(n, r))) {
      throw new IllegalArgumentException(
          "activations and codes: expected n x "
              + p
              + " and n x "
              + r
              + ", found "
              + activations.shape()
              + " and "
              + codes.shape());
    }
    int blocks = (n + BLOCK - 1) / BLOCK;
    double[][] partial = new double[blocks][];
    run.parallel(
        blocks,
        b -> partial[b] = block(activations, codes, b * BLOCK, Math.min(n, (b + 1) * BLOCK)));
    for (double[] part : partial) {
      for (int j = 0; j < p; j++) {
        sum[j] += part[j];
        squares[j] += part[p + j];
        errors[j] += part[2 * p + j];
      }
    }
    rows += n;
  }

  /**
   * Adds what another tally of the same dictionary has collected, so that batches can be tallied
   * side by side and added up in their order.
   */
  public void add(ReconstructionTally other) {
    if (other.p != p) {
      throw new IllegalArgumentException(
          "reconstruction: expected a tally of " + p + " features, found " + other.p);
    }
    for (int j = 0; j < p; j++) {
      sum[j] += other.sum[j];
      squares[j] += other.squares[j];
      errors[j] += other.errors[j];
    }
    rows += other.rows;
  }

  /** Sums, squares and squared errors of each feature over some rows. */
  private double[] block(Tensor activations, Tensor codes, int from, int to) {
    double[] part = new double[3 * p];
    float[] actual = new float[p];
    float[] fitted = new float[p];
    for (int i = from; i < to; i++) {
      activations.copyTo(i * p, actual, 0, p);
      System.arraycopy(offset, 0, fitted, 0, p);
      for (int k = 0; k < r; k++) {
        float u = codes.get(i, k);
        for (int j = 0; j < p && u != 0; j++) {
          fitted[j] += u * atoms[k * p + j];
        }
      }
      for (int j = 0; j < p; j++) {
        double a = actual[j];
        double d = a - fitted[j];
        part[j] += a;
        part[p + j] += a * a;
        part[2 * p + j] += d * d;
      }
    }
    return part;
  }

  /**
   * What was collected.
   *
   * @throws IllegalStateException if nothing was
   */
  public Reconstruction result() {
    if (rows == 0) {
      throw new IllegalStateException("reconstruction: no rows were added");
    }
    double error = 0;
    double energy = 0;
    double variation = 0;
    List<Double> each = new ArrayList<>();
    for (int j = 0; j < p; j++) {
      double around = Math.max(0, squares[j] - sum[j] * sum[j] / rows);
      // What is left of a constant feature after the subtraction is rounding.
      around = around > 1e-12 * squares[j] ? around : 0;
      error += errors[j];
      energy += squares[j];
      variation += around;
      each.add(around > 0 ? 1 - errors[j] / around : 0);
    }
    double relative = energy > 0 ? Math.sqrt(error / energy) : 0;
    return new Reconstruction(relative, variation > 0 ? 1 - error / variation : 0, each, rows);
  }
}
