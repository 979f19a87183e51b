package dev.percept.methods.factorization;

import dev.percept.core.Run;
import dev.percept.methods.linalg.RandomizedSvd;
import dev.percept.methods.linalg.Rows;
import java.util.random.RandomGenerator;

/** Starting codes of factorisations of signed matrices. */
final class SignedStart {
  private SignedStart() {}

  static float[] codes(Start start, Rows a, int r, Run run) {
    return start == Start.RANDOM ? random(a, r, run) : singular(a, r, run);
  }

  private static float[] random(Rows a, int r, Run run) {
    RandomGenerator random = run.random("semi-nmf.start");
    float[] codes = new float[a.size() * r];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = random.nextFloat();
    }
    return codes;
  }

  /** Parts of the left singular vectors, positive and negative, those with most energy first. */
  private static float[] singular(Rows a, int r, Run run) {
    int n = a.size();
    RandomizedSvd svd = RandomizedSvd.of(a, r, run.random("semi-nmf.svd"), run);
    double[] energy = new double[2 * r];
    for (int k = 0; k < r; k++) {
      for (int i = 0; i < n; i++) {
        double v = svd.value(k) * svd.left(i, k);
        energy[2 * k + (v > 0 ? 0 : 1)] += v * v;
      }
    }
    float[] codes = new float[n * r];
    for (int k = 0; k < r; k++) {
      int best = 0;
      for (int part = 1; part < energy.length; part++) {
        best = energy[part] > energy[best] ? part : best;
      }
      energy[best] = -1;
      double sign = best % 2 == 0 ? 1 : -1;
      for (int i = 0; i < n; i++) {
        codes[i * r + k] = (float) Math.max(0, sign * svd.left(i, best / 2));
      }
    }
    return codes;
  }
}
