package dev.percept.methods.metric.c2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.testkit.Npy;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class WeightedCosineTest {
  private static final double[] WEIGHTS = Npy.resource(WeightedCosineTest.class, "w.npy").values();

  static double[][] encodings() {
    Npy npy = Npy.resource(WeightedCosineTest.class, "enc.npy");
    int d = npy.dims()[1];
    double[][] rows = new double[npy.dims()[0]][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(npy.values(), i * d, (i + 1) * d);
    }
    return rows;
  }

  /** Numbers of the published implementation, of its own encodings (float32: 1e-5). */
  @Test
  void golden() {
    double[][] rows = encodings();
    assertEquals(0.014423, WeightedCosine.of(rows, WEIGHTS).value(), 1e-5);
    int d = rows[0].length;
    double[] mean = new double[d];
    for (double[] row : rows) {
      for (int j = 0; j < d; j++) {
        mean[j] += row[j] / rows.length;
      }
    }
    for (double[] row : rows) {
      for (int j = 0; j < d; j++) {
        row[j] -= mean[j];
      }
    }
    assertEquals(-0.112539, WeightedCosine.of(rows, WEIGHTS).value(), 1e-5);
  }

  @Test
  void isWhatItsDefinitionSaysAndSoIsLeavingOneOut() {
    double[][] rows = encodings();
    WeightedCosine.Pairs pairs = WeightedCosine.Pairs.of(rows, WEIGHTS);
    // Sums in another order: 1e-12.
    assertEquals(slow(rows, WEIGHTS, -1), pairs.value(), 1e-12);
    for (int i = 0; i < rows.length; i++) {
      assertEquals(slow(rows, WEIGHTS, i), pairs.without()[i], 1e-12);
    }
  }

  private static double slow(double[][] e, double[] w, int left) {
    double above = 0;
    double below = 0;
    for (int i = 0; i < e.length; i++) {
      for (int j = 0; j < e.length; j++) {
        if (i != j && i != left && j != left) {
          double dot = 0;
          double a = 0;
          double b = 0;
          for (int f = 0; f < e[i].length; f++) {
            dot += e[i][f] * e[j][f];
            a += e[i][f] * e[i][f];
            b += e[j][f] * e[j][f];
          }
          above += w[i] * w[j] * dot / Math.sqrt(a * b);
          below += w[i] * w[j];
        }
      }
    }
    return above / below;
  }

  @Test
  void intervalsHoldTheTruthNineteenTimesInTwenty() {
    RandomGenerator random = Run.of(3).random("coverage");
    // Vectors around a common one; the truth from very many of them.
    double truth = WeightedCosine.of(around(random, 4000), ones(4000)).value();
    int inside = 0;
    for (int t = 0; t < 1000; t++) {
      WeightedCosine cosine = WeightedCosine.of(around(random, 10), ones(10));
      inside += cosine.low() <= truth && truth <= cosine.high() ? 1 : 0;
    }
    // 95 % of 1000 is 950 with a standard deviation of 7; the jackknife of 10 is not exact.
    assertTrue(inside > 900 && inside < 990, "covered " + inside);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[][] around(RandomGenerator random, int n) {
    double[][] rows = new double[n][8];
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = 0.7 + random.nextGaussian();
      }
    }
    return rows;
  }

  @Test
  void refusesWhatHasNoPairs() {
    double[][] two = {{1, 0}, {0, 1}};
    assertThrows(IllegalArgumentException.class, () -> WeightedCosine.of(two, new double[] {1, 1}));
    double[][] rows = encodings();
    double[] weights = WEIGHTS.clone();
    weights[3] = 0;
    assertThrows(IllegalArgumentException.class, () -> WeightedCosine.of(rows, weights));
    weights[3] = Double.NaN;
    assertThrows(IllegalArgumentException.class, () -> WeightedCosine.of(rows, weights));
  }
}
