package dev.percept.methods.sweep;

import dev.percept.core.ConceptBank;
import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What a bank misses of the activations of each picture, so that R² has an interval over pictures.
 *
 * <p>R² is {@code 1 − Σ(a − â)² / Σ(a − ā_j)²} with the mean of each feature over all rows, as in
 * {@link dev.percept.methods.metric.Reconstruction}.
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one call, never compared.
record Rebuilt(double[] errors, double[] variation) {

  /**
   * Sums over the rows of each picture.
   *
   * @param activations n x p
   * @param picture n values: the picture of each row, 0 to pictures - 1
   */
  static Rebuilt of(Tensor activations, int[] picture, int pictures, ConceptBank bank, Run run) {
    int p = activations.shape().dim(1);
    Tensor codes = bank.encode(activations, run);
    Dictionary dictionary = bank.dictionary();
    float[] atoms = dictionary.atoms().toArray();
    Tensor offset = dictionary.offset();
    float[] base = offset == null ? new float[p] : offset.toArray();
    double[] mean = new double[p];
    float[] row = new float[p];
    for (int i = 0; i < activations.rows(); i++) {
      activations.copyTo(i * p, row, 0, p);
      for (int j = 0; j < p; j++) {
        mean[j] += row[j] / (double) activations.rows();
      }
    }
    double[] errors = new double[pictures];
    double[] variation = new double[pictures];
    float[] rebuilt = new float[p];
    for (int i = 0; i < activations.rows(); i++) {
      activations.copyTo(i * p, row, 0, p);
      System.arraycopy(base, 0, rebuilt, 0, p);
      for (int k = 0; k < bank.concepts(); k++) {
        float u = codes.get(i, k);
        for (int j = 0; j < p && u != 0; j++) {
          rebuilt[j] += u * atoms[k * p + j];
        }
      }
      for (int j = 0; j < p; j++) {
        double error = row[j] - rebuilt[j];
        double around = row[j] - mean[j];
        errors[picture[i]] += error * error;
        variation[picture[i]] += around * around;
      }
    }
    return new Rebuilt(errors, variation);
  }

  /** R² with its interval over pictures. */
  Measured r2(Rebuilt byChance, RandomGenerator random) {
    return Measured.bootstrap(errors.length, byChance.r2(all(errors.length)), random, this::r2);
  }

  private double r2(int[] drawn) {
    double error = 0;
    double around = 0;
    for (int i : drawn) {
      error += errors[i];
      around += variation[i];
    }
    return around > 0 ? 1 - error / around : 0;
  }

  private static int[] all(int n) {
    int[] all = new int[n];
    Arrays.setAll(all, i -> i);
    return all;
  }
}
