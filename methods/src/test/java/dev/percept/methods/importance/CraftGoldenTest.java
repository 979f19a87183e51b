package dev.percept.methods.importance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.percept.core.MaskedScore;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.testkit.Npy;
import org.junit.jupiter.api.Test;

/** Against deel-ai/Craft on a small CNN with a linear head, given its own (biased) design. */
class CraftGoldenTest {
  private static final double[] CLASS_0 = {
    0.21935, 0.08671, 0.29251, 0.00333, 0.15727, 0.00012, 0.00624, 0.00134, 0.00043, 0.00063
  };
  private static final double[] CLASS_2 = {
    0.24407, 0.00487, 0.31359, 0.01081, 0.15893, 0.00163, 0.0093, 0.00248, 0.00119, 0.00464
  };

  @Test
  void totalsOfTheReleaseAreReproduced() {
    check(0, CLASS_0, "craft/sobol8_class0.npy");
    check(2, CLASS_2, "craft/sobol8_class2.npy");
  }

  private static void check(int target, double[] expected, String perImage) {
    Npy masks = golden("sobol/halton_r10_nd32.npy");
    Tensor design = Tensor.wrap(Shape.of(384, 10), masks.floats());
    double[] each = golden(perImage).values();
    double[] mean = new double[10];
    for (int e = 0; e < 8; e++) {
      double[] totals = TotalEstimator.JANSEN.totals(image(e, target).score(design), 32);
      for (int i = 0; i < 10; i++) {
        mean[i] += totals[i] / 8;
        // There each picture's code was computed alone, with an early stop.
        assertEquals(each[e * 10 + i], totals[i], 3e-3, "image " + e + " concept " + i);
      }
    }
    for (int i = 0; i < 10; i++) {
      assertEquals(expected[i], mean[i], 1e-5, "concept " + i);
    }
  }

  /** The logit of image e: codes, masked, decoded, averaged over the grid, linear head. */
  private static MaskedScore image(int e, int target) {
    double[] codes = golden("craft/images_u8.npy").values();
    double[] atoms = golden("craft/W_refit.npy").values();
    double[] weights = golden("craft/fc_w.npy").values();
    double bias = golden("craft/fc_b.npy").values()[target];
    return Scores.of(
        10,
        m -> {
          double logit = bias;
          for (int l = 0; l < 49; l++) {
            for (int k = 0; k < 10; k++) {
              double u = codes[(e * 49 + l) * 10 + k] * m[k] / 49;
              for (int j = 0; j < 128; j++) {
                logit += u * atoms[k * 128 + j] * weights[target * 128 + j];
              }
            }
          }
          return logit;
        });
  }

  private static Npy golden(String name) {
    return Npy.resource(CraftGoldenTest.class, name);
  }
}
