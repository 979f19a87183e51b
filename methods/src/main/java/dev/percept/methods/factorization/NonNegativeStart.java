package dev.percept.methods.factorization;

import dev.percept.core.Run;
import dev.percept.methods.linalg.RandomizedSvd;
import dev.percept.methods.linalg.Rows;
import java.util.random.RandomGenerator;

/** Starting codes and dictionaries of non-negative factorisations. */
record NonNegativeStart(
    @SuppressWarnings("ArrayRecordComponent") float[] codes,
    @SuppressWarnings("ArrayRecordComponent") float[] atoms) {
  /** Smaller values of nndsvd, relative to the typical one, are zeros. */
  private static final double TINY = 1e-6;

  static NonNegativeStart of(Start start, Rows a, int r, Run run) {
    return start == Start.RANDOM ? random(a, r, run) : nndsvd(start, a, r, run);
  }

  private static NonNegativeStart random(Rows a, int r, Run run) {
    double scale = Math.sqrt(mean(a, run) / r);
    RandomGenerator random = run.random("nmf.start");
    float[] atoms = positive(random, r * a.features(), scale);
    return new NonNegativeStart(positive(random, a.size() * r, scale), atoms);
  }

  private static float[] positive(RandomGenerator random, int size, double scale) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (scale * Math.abs(random.nextGaussian()));
    }
    return values;
  }

  private static NonNegativeStart nndsvd(Start start, Rows a, int r, Run run) {
    int n = a.size();
    int p = a.features();
    RandomizedSvd svd = RandomizedSvd.of(a, r, run.random("nmf.svd"), run);
    float[] codes = new float[n * r];
    float[] atoms = new float[r * p];
    for (int k = 0; k < r; k++) {
      component(svd, k, n, p, r, codes, atoms);
    }
    // The value that would give the mean of A if all codes and atoms had it. The published fill is
    // the mean of A itself, which makes the result depend on the unit of the activations.
    double typical = Math.sqrt(mean(a, run) / r);
    float fill = start == Start.NNDSVDA ? (float) typical : 0;
    fill(codes, (float) (TINY * typical), fill);
    fill(atoms, (float) (TINY * typical), fill);
    return new NonNegativeStart(codes, atoms);
  }

  /** The larger one of the positive and the negative part of singular pair k. */
  private static void component(
      RandomizedSvd svd, int k, int n, int p, int r, float[] codes, float[] atoms) {
    double[] norms = new double[4];
    for (int i = 0; i < n; i++) {
      double v = svd.left(i, k);
      norms[v > 0 ? 0 : 1] += v * v;
    }
    for (int j = 0; j < p; j++) {
      double v = svd.right(j, k);
      norms[v > 0 ? 2 : 3] += v * v;
    }
    double plus = Math.sqrt(norms[0] * norms[2]);
    double minus = Math.sqrt(norms[1] * norms[3]);
    boolean positive = plus >= minus;
    double size = Math.max(plus, minus);
    if (size == 0) {
      return;
    }
    double left = Math.sqrt(norms[positive ? 0 : 1]);
    double right = Math.sqrt(norms[positive ? 2 : 3]);
    double scale = Math.sqrt(svd.value(k) * size);
    double sign = positive ? 1 : -1;
    for (int i = 0; i < n; i++) {
      codes[i * r + k] = (float) (scale * Math.max(0, sign * svd.left(i, k)) / left);
    }
    for (int j = 0; j < p; j++) {
      atoms[k * p + j] = (float) (scale * Math.max(0, sign * svd.right(j, k)) / right);
    }
  }

  private static void fill(float[] values, float tiny, float fill) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] < tiny) {
        values[i] = fill;
      }
    }
  }

  private static double mean(Rows a, Run run) {
    double[] partial = new double[a.groups()];
    int p = a.features();
    a.eachBlock(
        run,
        (group, from, to) -> {
          float[] row = new float[p];
          for (int i = from; i < to; i++) {
            a.from(i).get(row);
            for (float v : row) {
              partial[group] += v;
            }
          }
        });
    double sum = 0;
    for (double s : partial) {
      sum += s;
    }
    return sum / a.size() / p;
  }
}
