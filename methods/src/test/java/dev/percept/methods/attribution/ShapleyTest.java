package dev.percept.methods.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Attribution;
import dev.percept.core.RectifierRule;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.BitSet;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** KernelSHAP against the definition of Shapley values, on games whose cells are pixels. */
class ShapleyTest {
  private static final Shape NINE = Shape.of(1, 3, 3);

  private static ToyScore game() {
    return new ToyScore(NINE) {
      @Override
      double of(float[] x) {
        return x[0] * x[1] * x[2] + 2 * x[3] * Math.max(x[4], x[5]) - x[6] + x[7] * x[0] + 0.5;
      }

      @Override
      float[] gradientOf(float[] x, RectifierRule rule) {
        throw new AssertionError("a black box");
      }
    };
  }

  private static Tensor ones() {
    return Tensor.of(NINE.batch(1), 1, 1, 1, 1, 1, 1, 1, 1, 1);
  }

  /** The mean contribution over all orders, by sizes. */
  private static double shapley(ToyScore game, int player) {
    double sum = 0;
    for (int set = 0; set < 512; set++) {
      if ((set >> player & 1) == 1) {
        continue;
      }
      int size = Integer.bitCount(set);
      double orders = 1;
      for (int i = 1; i <= size; i++) {
        orders *= i;
      }
      for (int i = 1; i <= 8 - size; i++) {
        orders *= i;
      }
      sum += orders / 362880 * (game.of(bits(set | 1 << player)) - game.of(bits(set)));
    }
    return sum;
  }

  private static float[] bits(int set) {
    float[] x = new float[9];
    for (int i = 0; i < 9; i++) {
      x[i] = set >> i & 1;
    }
    return x;
  }

  @Test
  void allCoalitionsGiveShapleyValues() {
    KernelShap all = new KernelShap(3, 510, new Baseline.Zero(), 64);
    Attribution found = all.attribute(game(), ones(), Run.of(1));
    assertTrue(found.settings().contains("510 coalitions (all)"), found.settings());
    for (int i = 0; i < 9; i++) {
      // Scores are float32 between 0 and 5.
      assertEquals(shapley(game(), i), found.values().get(i), 1e-5, "cell " + i);
    }
  }

  @Test
  void samplesComeNearAndAddUp() {
    double worst = 0;
    for (int seed = 0; seed < 20; seed++) {
      KernelShap some = new KernelShap(3, 200, new Baseline.Zero(), 64);
      Attribution found = some.attribute(game(), ones(), Run.of(seed));
      assertNotNull(found.gaps());
      assertEquals(0, found.gaps().get(0).relative(), 1e-6);
      for (int i = 0; i < 9; i++) {
        worst = Math.max(worst, Math.abs(shapley(game(), i) - found.values().get(i)));
      }
    }
    // Values are up to 1.3; with two fifths of all coalitions a wrong weighting is off by more.
    assertTrue(worst < 0.12, "found " + worst);
  }

  @Test
  void singleCellsAndTheirComplementsAreAlwaysThere() {
    ShapleyDesign design = ShapleyDesign.of(16, 50, Run.of(1).random("design"));
    assertFalse(design.complete());
    assertEquals(50, design.coalitions().size());
    long extreme =
        design.coalitions().stream()
            .filter(c -> c.cardinality() == 1 || c.cardinality() == 15)
            .distinct()
            .count();
    assertEquals(32, extreme);
    BitSet full = new BitSet();
    full.set(0, 16);
    // Complements are drawn together.
    for (int k = 32; k < 50; k += 2) {
      BitSet both = (BitSet) design.coalitions().get(k).clone();
      both.xor(design.coalitions().get(k + 1));
      assertEquals(full, both);
    }
    // Weights add up to the kernel's mass over all sizes.
    double mass = 0;
    for (int s = 1; s < 16; s++) {
      mass += 15.0 / (s * (16 - s));
    }
    double sum = design.weights().stream().mapToDouble(Double::doubleValue).sum();
    assertEquals(mass, sum, 1e-9);
  }

  @Test
  void subsetsAreAllOfThem() {
    assertEquals(20, new HashSet<>(Subsets.of(6, 3)).size());
    assertEquals(1, Subsets.of(4, 4).size());
  }

  @Test
  void refusesTooFewSamples() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new KernelShap(8, 100, new Baseline.Zero(), 1))
            .getMessage();
    assertEquals(
        "kernel-shap samples (two for each of the cells): at least 128, found 100", message);
  }
}
