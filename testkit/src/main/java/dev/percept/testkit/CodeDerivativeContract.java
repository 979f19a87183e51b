package dev.percept.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.CodePullback;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What every concept bank with a derivative keeps to. */
public abstract class CodeDerivativeContract {
  /** Seeded. */
  protected static final Run RUN = Run.of(17);

  private static final int R = 5;
  private static final int P = 12;
  private static final int N = 40;

  /** A bank with this dictionary. */
  protected abstract DifferentiableConceptBank bank(Dictionary dictionary);

  /** Whether the dictionary and the activations may have signs. */
  protected abstract boolean signed();

  /** Whether the dictionary has an offset. */
  protected abstract boolean offset();

  private Dictionary dictionary() {
    Tensor offset = offset() ? values("offset", Shape.of(P)) : null;
    return new Dictionary(values("atoms", Shape.of(R, P)), offset);
  }

  private Tensor rows() {
    return values("rows", Shape.of(N, P));
  }

  private Tensor values(String purpose, Shape shape) {
    RandomGenerator random = RUN.random(purpose);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      double v = random.nextGaussian();
      // Well above 0 where values must not be negative, so that a step down is allowed.
      values[i] = (float) (signed() ? v : 0.05 + Math.abs(v));
    }
    return Tensor.wrap(shape, values);
  }

  private static Tensor cotangents(String purpose) {
    RandomGenerator random = RUN.random(purpose);
    float[] v = new float[N * R];
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) random.nextGaussian();
    }
    return Tensor.wrap(Shape.of(N, R), v);
  }

  @Test
  void agreesWithFiniteDifferencesOfItsOwnCodes() {
    DifferentiableConceptBank bank = bank(dictionary());
    Tensor rows = rows();
    Tensor v = cotangents("v");
    CodePullback pulled = bank.pull(rows, v, RUN);
    assertArrayEquals(bank.encode(rows, RUN).toArray(), pulled.codes().toArray());
    assertEquals(0, pulled.dependent());
    // Codes are piecewise linear, so a long step is exact where no code comes or goes; its error is
    // the rounding of float32 codes of size 1 to 5, divided by twice the step.
    float step = 1 / 64f;
    int compared = 0;
    for (int j = 0; j < P; j++) {
      Tensor up = bank.encode(moved(rows, j, step), RUN);
      Tensor down = bank.encode(moved(rows, j, -step), RUN);
      for (int i = 0; i < N; i++) {
        if (!sameSupport(up, down, i)) {
          continue;
        }
        double expected = 0;
        for (int k = 0; k < R; k++) {
          expected += v.get(i, k) * (up.get(i, k) - down.get(i, k)) / (2 * step);
        }
        assertEquals(expected, pulled.gradients().get(i, j), 2e-4, "row " + i + " feature " + j);
        compared++;
      }
    }
    assertTrue(compared > N * P / 2, "compared " + compared);
  }

  private static Tensor moved(Tensor rows, int feature, float step) {
    float[] values = rows.toArray();
    for (int i = feature; i < values.length; i += P) {
      values[i] += step;
    }
    return Tensor.wrap(rows.shape(), values);
  }

  private static boolean sameSupport(Tensor a, Tensor b, int row) {
    boolean same = true;
    for (int k = 0; k < R; k++) {
      same &= Math.signum(a.get(row, k)) == Math.signum(b.get(row, k));
    }
    return same;
  }

  @Test
  void isLinearInTheCotangent() {
    DifferentiableConceptBank bank = bank(dictionary());
    Tensor a = cotangents("a");
    Tensor b = cotangents("b");
    float[] sum = new float[N * R];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = 2 * a.get(i) - b.get(i);
    }
    float[] both = bank.pull(rows(), Tensor.wrap(a.shape(), sum), RUN).gradients().toArray();
    float[] ofA = bank.pull(rows(), a, RUN).gradients().toArray();
    float[] ofB = bank.pull(rows(), b, RUN).gradients().toArray();
    for (int i = 0; i < both.length; i++) {
      // Rounding of float32 cotangents and results of size 1 to 10.
      assertEquals(2 * ofA[i] - ofB[i], both[i], 1e-5);
    }
  }

  @Test
  void aRowAloneHasTheBitsThatItHasInABatchAndOnAnyNumberOfThreads() {
    DifferentiableConceptBank bank = bank(dictionary());
    Tensor rows = rows();
    Tensor v = cotangents("v");
    float[] together = bank.pull(rows, v, RUN.withThreads(3)).gradients().toArray();
    assertArrayEquals(together, bank.pull(rows, v, RUN.withThreads(1)).gradients().toArray());
    for (int i = 0; i < N; i++) {
      float[] alone = bank.pull(rows.slice(i, i + 1), v.slice(i, i + 1), RUN).gradients().toArray();
      for (int j = 0; j < P; j++) {
        assertEquals(together[i * P + j], alone[j]);
      }
    }
  }

  @Test
  void permutedConceptsPermuteTheDerivative() {
    Dictionary dictionary = dictionary();
    int[] order = {3, 0, 4, 1, 2};
    float[] atoms = new float[R * P];
    float[] v = new float[N * R];
    Tensor given = cotangents("v");
    for (int k = 0; k < R; k++) {
      dictionary.atoms().copyTo(order[k] * P, atoms, k * P, P);
      for (int i = 0; i < N; i++) {
        v[i * R + k] = given.get(i, order[k]);
      }
    }
    DifferentiableConceptBank permuted =
        bank(new Dictionary(Tensor.wrap(Shape.of(R, P), atoms), dictionary.offset()));
    assertArrayEquals(
        bank(dictionary).pull(rows(), given, RUN).gradients().toArray(),
        permuted.pull(rows(), Tensor.wrap(given.shape(), v), RUN).gradients().toArray(),
        // Sums of doubles in another order, rounded to float32.
        1e-5f);
  }

  @Test
  void unfitShapesAreRefused() {
    DifferentiableConceptBank bank = bank(dictionary());
    Tensor rows = rows();
    Tensor few = Tensor.zeros(Shape.of(N, R - 1));
    assertThrows(IllegalArgumentException.class, () -> bank.pull(rows, few, RUN));
    Tensor short1 = Tensor.zeros(Shape.of(N - 1, R));
    assertThrows(IllegalArgumentException.class, () -> bank.pull(rows, short1, RUN));
    Tensor narrow = Tensor.zeros(Shape.of(N, P - 1));
    Tensor v = cotangents("v");
    assertThrows(IllegalArgumentException.class, () -> bank.pull(narrow, v, RUN));
  }
}
