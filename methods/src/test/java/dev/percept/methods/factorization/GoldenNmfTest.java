package dev.percept.methods.factorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.linalg.Rows;
import dev.percept.testkit.Npy;
import org.junit.jupiter.api.Test;

/** Against stored results of scikit-learn 1.2.1 and of the overcomplete library. */
class GoldenNmfTest {
  private static final Run RUN = Run.of(0);

  @Test
  void oneSweepOfCoordinateDescentIsThatOfScikitLearn() {
    Alternation state = state("sk_nmf/A", "sk_nmf/W0", "sk_nmf/H0");
    new Nmf(8, Start.RANDOM, 1e-4, 200, 1).sweep(state, RUN);
    // float32 here against float64 there: 1e-4 of the largest value.
    close(golden("sk_nmf/W_it1").floats(), state.codes);
    close(golden("sk_nmf/H_it1").floats(), state.atoms);
  }

  @Test
  void fromTheSameStartTheErrorIsNoWorse() {
    Factorization found = Nmf.of(8).fit(state("sk_nmf/A", "sk_nmf/W0", "sk_nmf/H0"), RUN);
    double norm = norm(golden("sk_nmf/A").values());
    // scikit-learn's converged solution has error 1.6335095.
    assertTrue(found.relativeError() * norm <= 1.6335095, "error " + found.relativeError() * norm);
    assertTrue(found.converged());
  }

  @Test
  void theDefaultStartIsNoWorseThanAnyPublishedSolver() {
    Factorization found = Nmf.of(6).fit(tensor("nmf/A"), RUN);
    assertTrue(found.relativeError() <= 0.0459, "error " + found.relativeError());
  }

  @Test
  void zeroDiagonalsAreSkippedWhereAReleaseFreezes() {
    Alternation state = state("oc/A", "oc/Z0", "oc/D0");
    Factorization found = new Nmf(8, Start.RANDOM, 1e-12, 100, 2).fit(state, RUN);
    double frozen = relativeError(tensor("oc/A"), tensor("oc/hals_Z100"), tensor("oc/hals_D100"));
    assertTrue(found.relativeError() < frozen, found.relativeError() + " is not below " + frozen);
  }

  @Test
  void encodingIsExactWhereScikitLearnStopsEarly() {
    NonNegativeBank bank =
        NonNegativeBank.of(new Dictionary(tensor("sk_nmf/H_default"), null), false);
    float[] codes = bank.encode(tensor("sk_nmf/N"), RUN).toArray();
    float[] early = golden("sk_nmf/U_transform").floats();
    double largest = 0;
    for (int i = 0; i < codes.length; i++) {
      largest = Math.max(largest, Math.abs(codes[i] - early[i]));
    }
    // Its transform is stated to be within 1.41e-4 of the exact solution.
    assertTrue(largest < 1.5e-4, "difference " + largest);
  }

  @Test
  void semiNmfBeatsTheReleasedOnesOnTheCentredInput() {
    Factorization found = SemiNmf.of(6).fit(centred(golden("nmf/A")), RUN);
    // Released: 0.247 (multiplicative), 0.179 (projected gradient).
    assertTrue(found.relativeError() < 0.179, "error " + found.relativeError());
  }

  static Tensor centred(Npy a) {
    int n = a.dims()[0];
    int p = a.dims()[1];
    float[] values = a.floats();
    for (int j = 0; j < p; j++) {
      double mean = 0;
      for (int i = 0; i < n; i++) {
        mean += values[i * p + j] / (double) n;
      }
      for (int i = 0; i < n; i++) {
        values[i * p + j] -= (float) mean;
      }
    }
    return Tensor.wrap(Shape.of(n, p), values);
  }

  private static double relativeError(Tensor a, Tensor codes, Tensor atoms) {
    Alternation state = new Alternation(Rows.of(a), atoms.rows(), codes.toArray(), atoms.toArray());
    return state.relativeError(RUN);
  }

  private static Alternation state(String a, String codes, String atoms) {
    float[] w = golden(atoms).floats();
    return new Alternation(Rows.of(tensor(a)), golden(atoms).dims()[0], golden(codes).floats(), w);
  }

  private static Tensor tensor(String name) {
    Npy a = golden(name);
    return Tensor.wrap(Shape.of(a.dims()), a.floats());
  }

  private static Npy golden(String name) {
    return Npy.resource(GoldenNmfTest.class, name + ".npy");
  }

  private static void close(float[] expected, float[] actual) {
    double scale = 0;
    for (float v : expected) {
      scale = Math.max(scale, Math.abs(v));
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-4 * scale, "value " + i);
    }
  }

  private static double norm(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v * v;
    }
    return Math.sqrt(sum);
  }
}
