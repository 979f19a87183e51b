package dev.percept.methods.factorization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NonNegativeBankTest {
  private static final Run RUN = Run.of(3);

  @Test
  void solutionsSatisfyTheOptimalityConditions() {
    RandomGenerator random = RUN.random("kkt");
    for (int r : new int[] {1, 2, 5, 20, 70}) {
      // 70 concepts need 80 features to be independent; with 12, most depend on others.
      int p = 80;
      optimal(gaussian(random, r * 12), gaussian(random, 50 * 12), r, 12);
      float[] atoms = gaussian(random, r * p);
      float[] rows = gaussian(random, 50 * p);
      optimal(atoms, rows, r, p);
    }
  }

  @Test
  void dependentAndZeroAtomsAreHandled() {
    RandomGenerator random = RUN.random("dependent");
    int r = 8;
    int p = 5;
    float[] atoms = gaussian(random, r * p);
    for (int j = 0; j < p; j++) {
      atoms[p + j] = 0;
      atoms[3 * p + j] = atoms[2 * p + j];
      atoms[4 * p + j] = -atoms[2 * p + j];
    }
    float[] codes = optimal(atoms, gaussian(random, 400 * p), r, p);
    for (int i = 0; i < 400; i++) {
      assertEquals(0, codes[i * r + 1], "a concept of zeros has codes of zero");
    }
  }

  @Test
  void nearlyParallelAtomsAreSolved() {
    RandomGenerator random = RUN.random("parallel");
    int r = 12;
    int p = 40;
    float[] atoms = new float[r * p];
    float[] shared = gaussian(random, p);
    for (int i = 0; i < atoms.length; i++) {
      atoms[i] = Math.abs(shared[i % p] + 0.02f * (float) random.nextGaussian());
    }
    optimal(atoms, abs(gaussian(random, 300 * p)), r, p);
  }

  @Test
  void aRowAloneHasTheBitsThatItHasInABatchAndOnAnyNumberOfThreads() {
    RandomGenerator random = RUN.random("batch");
    int p = 37;
    int n = 1111;
    Tensor rows = Tensor.wrap(Shape.of(n, p), abs(gaussian(random, n * p)));
    NonNegativeBank bank = bank(abs(gaussian(random, 9 * p)), 9, p, false);
    float[] together = bank.encode(rows, RUN.withThreads(4)).toArray();
    assertArrayEquals(together, bank.encode(rows, RUN.withThreads(1)).toArray());
    for (int i : new int[] {0, 1, 255, 256, 700, n - 1}) {
      float[] alone = bank.encode(rows.slice(i, i + 1), RUN).toArray();
      for (int k = 0; k < 9; k++) {
        assertEquals(together[i * 9 + k], alone[k], "row " + i);
      }
    }
    float[] tail = bank.encode(rows.slice(3, n), RUN).toArray();
    assertEquals(together[3 * 9], tail[0]);
  }

  @Test
  void plantedCodesAreFoundAgain() {
    RandomGenerator random = RUN.random("planted");
    int p = 60;
    int r = 7;
    float[] atoms = abs(gaussian(random, r * p));
    float[] codes = abs(gaussian(random, 30 * r));
    for (int i = 0; i < codes.length; i += 3) {
      codes[i] = 0;
    }
    float[] rows = new float[30 * p];
    for (int i = 0; i < 30; i++) {
      for (int j = 0; j < p; j++) {
        double v = 0;
        for (int k = 0; k < r; k++) {
          v += (double) codes[i * r + k] * atoms[k * p + j];
        }
        rows[i * p + j] = (float) v;
      }
    }
    float[] found =
        bank(atoms, r, p, false).encode(Tensor.wrap(Shape.of(30, p), rows), RUN).toArray();
    // The rows are rounded to float32; the dictionary is well conditioned.
    assertArrayEquals(codes, found, 1e-4f);
  }

  @Test
  void theOffsetIsTakenOffFirst() {
    Dictionary dictionary =
        new Dictionary(Tensor.of(Shape.of(1, 2), 1, 0), Tensor.of(Shape.of(2), 10, 20));
    Tensor codes =
        NonNegativeBank.of(dictionary, true).encode(Tensor.of(Shape.of(2, 2), 13, 20, 7, 20), RUN);
    assertArrayEquals(new float[] {3, 0}, codes.toArray());
  }

  @Test
  void unfitActivationsAreRefused() {
    NonNegativeBank bank = bank(new float[] {1, 2, 3}, 1, 3, false);
    assertThrows(
        IllegalArgumentException.class, () -> bank.encode(Tensor.zeros(Shape.of(1, 4)), RUN));
    assertThrows(
        IllegalArgumentException.class,
        () -> bank.encode(Tensor.of(Shape.of(1, 3), 1, -1, 0), RUN));
    assertThrows(
        IllegalArgumentException.class,
        () -> bank.encode(Tensor.of(Shape.of(1, 3), 1, Float.NaN, 0), RUN));
    assertThrows(
        IllegalArgumentException.class,
        () -> bank(new float[] {1, Float.POSITIVE_INFINITY, 3}, 1, 3, true));
    assertEquals(0, bank.encode(Tensor.zeros(Shape.of(0, 3)), RUN).rows());
  }

  /** Encodes and checks the conditions of Karush, Kuhn and Tucker, which only a minimum meets. */
  private static float[] optimal(float[] atoms, float[] rows, int r, int p) {
    int n = rows.length / p;
    Tensor a = Tensor.wrap(Shape.of(n, p), rows);
    float[] codes = bank(atoms, r, p, true).encode(a, RUN).toArray();
    for (int i = 0; i < n; i++) {
      double[] residual = new double[p];
      double norm = 0;
      for (int j = 0; j < p; j++) {
        residual[j] = rows[i * p + j];
        norm += residual[j] * residual[j];
        for (int k = 0; k < r; k++) {
          residual[j] -= (double) codes[i * r + k] * atoms[k * p + j];
        }
      }
      for (int k = 0; k < r; k++) {
        double slope = 0;
        double length = 0;
        for (int j = 0; j < p; j++) {
          slope += residual[j] * atoms[k * p + j];
          length += (double) atoms[k * p + j] * atoms[k * p + j];
        }
        // Codes are rounded to float32, and large codes that cancel amplify that.
        double tolerance = 1e-5 * Math.sqrt(norm * length);
        assertTrue(codes[i * r + k] >= 0);
        assertTrue(slope <= tolerance, "row " + i + " concept " + k + " wants to grow: " + slope);
        if (codes[i * r + k] > 0) {
          assertEquals(0, slope, tolerance, "row " + i + " concept " + k);
        }
      }
    }
    return codes;
  }

  private static NonNegativeBank bank(float[] atoms, int r, int p, boolean signed) {
    return NonNegativeBank.of(new Dictionary(Tensor.wrap(Shape.of(r, p), atoms), null), signed);
  }

  private static float[] gaussian(RandomGenerator random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] abs(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return values;
  }
}
