package dev.percept.methods.factorization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.CodePullback;
import dev.percept.core.ConceptBank;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.testkit.CodeDerivativeContract;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Exact non-negative least squares, as of NMF. */
class NonNegativeCodeDerivativeTest extends CodeDerivativeContract {
  @Override
  protected DifferentiableConceptBank bank(Dictionary dictionary) {
    return NonNegativeBank.of(dictionary, false);
  }

  @Override
  protected boolean signed() {
    return false;
  }

  @Override
  protected boolean offset() {
    return false;
  }

  /** Against codes that are found by trying every support, in double precision throughout. */
  @Test
  void agreesWithFiniteDifferencesInDoublePrecision() {
    RandomGenerator random = RUN.random("double");
    int r = 6;
    int p = 15;
    float[] atoms = positive(random, r * p);
    DifferentiableConceptBank bank = bank(new Dictionary(Tensor.of(Shape.of(r, p), atoms), null));
    EverySupport every = new EverySupport(atoms, r, p);
    int compared = 0;
    int zero = 0;
    for (int trial = 0; trial < 30; trial++) {
      float[] row = positive(random, p);
      float[] v = new float[r];
      for (int k = 0; k < r; k++) {
        v[k] = (float) random.nextGaussian();
      }
      CodePullback pulled =
          bank.pull(Tensor.of(Shape.of(1, p), row), Tensor.of(Shape.of(1, r), v), RUN);
      double step = 1e-6;
      for (int j = 0; j < p; j++) {
        double[] at = new double[p];
        for (int i = 0; i < p; i++) {
          at[i] = row[i];
        }
        at[j] += step;
        double[] up = every.codes(at);
        at[j] -= 2 * step;
        double[] down = every.codes(at);
        double expected = 0;
        for (int k = 0; k < r; k++) {
          expected += v[k] * (up[k] - down[k]) / (2 * step);
          zero += up[k] == 0 ? 1 : 0;
        }
        // The result is rounded to float32, and is of size 1; differences lose 1e-16 / 1e-6.
        assertEquals(expected, pulled.gradients().get(0, j), 1e-6);
        compared++;
      }
    }
    assertEquals(450, compared);
    assertTrue(zero > 450, "some concepts must be off their support: " + zero);
  }

  @Test
  void aConceptOffTheSupportHasNoDerivative() {
    Tensor atoms = Tensor.of(Shape.of(2, 2), 1, 0, 0, 1);
    CodePullback pulled =
        bank(new Dictionary(atoms, null))
            .pull(
                Tensor.of(Shape.of(2, 2), 3, 0, 0, 5), Tensor.of(Shape.of(2, 2), 1, 0, 1, 0), RUN);
    assertArrayEquals(new float[] {1, 0, 0, 0}, pulled.gradients().toArray());
  }

  /** (W Wᵀ)⁻¹ W by hand: w₀ = (1, 0), w₁ = (1, 1) gives u₀ = a₀ − a₁, u₁ = a₁. */
  @Test
  void twoObliqueAtomsByHand() {
    Tensor atoms = Tensor.of(Shape.of(2, 2), 1, 0, 1, 1);
    CodePullback pulled =
        bank(new Dictionary(atoms, null))
            .pull(
                Tensor.of(Shape.of(2, 2), 3, 1, 3, 1), Tensor.of(Shape.of(2, 2), 1, 0, 0, 1), RUN);
    assertArrayEquals(new float[] {2, 1, 2, 1}, pulled.codes().toArray(), 1e-6f);
    assertArrayEquals(new float[] {1, -1, 0, 1}, pulled.gradients().toArray(), 1e-6f);
  }

  @Test
  void atomsThatAllButDependOnOneAnotherAreRegularisedAndCounted() {
    // The squared sine of the angle is 9e-10: above what the solver calls dependent, below what a
    // derivative can stand.
    float sine = 3e-5f;
    Tensor atoms = Tensor.of(Shape.of(3, 3), 1, 0, 0, 1, sine, 0, 0, 0, 1);
    DifferentiableConceptBank bank = bank(new Dictionary(atoms, null));
    Tensor rows = Tensor.of(Shape.of(2, 3), 2, sine, 1, 2, 0, 1);
    Tensor v = Tensor.of(Shape.of(2, 3), 1, 1, 1, 1, 1, 1);
    CodePullback pulled = bank.pull(rows, v, RUN);
    assertTrue(pulled.codes().get(0, 0) > 0 && pulled.codes().get(0, 1) > 0);
    assertEquals(1, pulled.dependent(), "the second row uses only one of the two");
    // The sum of both codes is well determined: it follows a₀; and a ridge moves it by 1e-6.
    assertEquals(1, pulled.gradients().get(0, 0), 1e-4);
    // Without the ridge this would be up to 1 / 3e-5.
    assertTrue(Math.abs(pulled.gradients().get(0, 1)) < 100);
    assertEquals(1, pulled.gradients().get(0, 2), 1e-5);
  }

  @Test
  void scalingAnAtomScalesTheDerivativeOfItsCode() {
    RandomGenerator random = RUN.random("scale");
    float[] atoms = positive(random, 3 * 8);
    float[] scaled = atoms.clone();
    for (int j = 0; j < 8; j++) {
      scaled[j] *= 4;
    }
    Tensor row = Tensor.of(Shape.of(1, 8), positive(random, 8));
    Tensor v = Tensor.of(Shape.of(1, 3), 1, 0, 0);
    float[] once =
        bank(new Dictionary(Tensor.of(Shape.of(3, 8), atoms), null))
            .pull(row, v, RUN)
            .gradients()
            .toArray();
    float[] four =
        bank(new Dictionary(Tensor.of(Shape.of(3, 8), scaled), null))
            .pull(row, v, RUN)
            .gradients()
            .toArray();
    for (int j = 0; j < 8; j++) {
      assertEquals(once[j], 4 * four[j], 1e-6);
    }
  }

  /** Banks that choose have no derivative, and say so by their type. */
  @Test
  void nearestAtomsAreNoSuchBank() {
    ConceptBank nearest =
        new NearestBank(new Dictionary(Tensor.of(Shape.of(2, 2), 1, 0, 0, 1), null));
    assertTrue(!(nearest instanceof DifferentiableConceptBank));
  }

  private static float[] positive(RandomGenerator random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = 0.05f + (float) Math.abs(random.nextGaussian());
    }
    return values;
  }
}
