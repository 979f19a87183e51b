package dev.percept.methods.factorization;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.Comparator;

/** A factorisation in its canonical form: dictionary rows of length 1, ordered by energy. */
record UnitAtoms(Tensor codes, Tensor atoms) {
  static UnitAtoms of(Alternation state) {
    int r = state.r;
    int p = state.p;
    int n = state.codes.length / r;
    double[] norm = new double[r];
    double[] energy = new double[r];
    for (int k = 0; k < r; k++) {
      double squares = 0;
      for (int j = 0; j < p; j++) {
        double w = state.atoms[k * p + j];
        squares += w * w;
      }
      norm[k] = Math.sqrt(squares);
      for (int i = 0; i < n; i++) {
        double u = norm[k] * state.codes[i * r + k];
        energy[k] += u * u;
      }
    }
    Integer[] order = new Integer[r];
    Arrays.setAll(order, k -> k);
    Arrays.sort(order, Comparator.comparingDouble((Integer k) -> -energy[k]));
    float[] codes = new float[n * r];
    float[] atoms = new float[r * p];
    for (int k = 0; k < r; k++) {
      int from = order[k];
      for (int i = 0; i < n; i++) {
        codes[i * r + k] = (float) (norm[from] * state.codes[i * r + from]);
      }
      for (int j = 0; j < p && norm[from] > 0; j++) {
        atoms[k * p + j] = (float) (state.atoms[from * p + j] / norm[from]);
      }
    }
    return new UnitAtoms(Tensor.wrap(Shape.of(n, r), codes), Tensor.wrap(Shape.of(r, p), atoms));
  }
}
