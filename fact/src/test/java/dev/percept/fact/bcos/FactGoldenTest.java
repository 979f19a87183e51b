package dev.percept.fact.bcos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The B-cos ResNet-20 that FaCT was run on. */
class FactGoldenTest {
  private static final int K = 8;
  private static final int LATENTS = 256;

  private static BcosNetwork network;
  private static Tensor x;

  @BeforeAll
  static void open() {
    network = BcosNetwork.of(BcosSpec.cifarResNet20(10), Goldens.resNet20(), 1);
    x = Goldens.tensor("fact/x6_4");
  }

  @AfterAll
  static void close() {
    network.close();
  }

  static String[] layers() {
    return BcosSpec.cifarResNet20(10).layers().toArray(new String[0]);
  }

  /** The autoencoder of the golden files in place of layer3, written out plainly. */
  @Test
  void contributionsOfConceptsAreThoseOfThePaper() {
    DynamicLinearModel model = network.cut("layer3");
    Tensor a = model.activations(x).values();
    int places = model.grid().size();
    int p = model.features();
    Tensor encoder = Goldens.tensor("fact/sae_enc");
    Tensor decoder = Goldens.tensor("fact/sae_dec");
    float[] codes = new float[4 * places * LATENTS];
    float[] decoded = new float[4 * places * p];
    for (int row = 0; row < 4 * places; row++) {
      double[] z = new double[LATENTS];
      for (int k = 0; k < LATENTS; k++) {
        for (int f = 0; f < p; f++) {
          z[k] += (double) encoder.get(k, f) * a.get(row * p + f);
        }
      }
      int[] largest =
          IntStream.range(0, LATENTS)
              .boxed()
              .sorted(Comparator.comparingDouble(k -> -z[k]))
              .limit(K)
              .mapToInt(k -> k)
              .toArray();
      for (int k : largest) {
        codes[row * LATENTS + k] = (float) Math.max(0, z[k]);
        for (int f = 0; f < p; f++) {
          decoded[row * p + f] += codes[row * LATENTS + k] * decoder.get(f, k);
        }
      }
    }
    Tensor expected = Goldens.tensor("fact/p_contribs");
    Tensor presence = Goldens.tensor("fact/p_presence");
    Tensor logits = Goldens.tensor("fact/logits_to_explain");
    Pullback pulled =
        model
            .explanation()
            .pullHead(
                Tensor.wrap(Shape.of(4, places, p), decoded), y -> largest(y, model.outputs()));
    for (int i = 0; i < 4; i++) {
      double[] contributions = new double[LATENTS];
      double[] present = new double[LATENTS];
      for (int l = 0; l < places; l++) {
        int row = i * places + l;
        for (int k = 0; k < LATENTS; k++) {
          double w = 0;
          for (int f = 0; f < p; f++) {
            w += (double) pulled.gradients().get(row * p + f) * decoder.get(f, k);
          }
          contributions[k] += codes[row * LATENTS + k] * w;
          present[k] += codes[row * LATENTS + k];
        }
      }
      double absolute = Arrays.stream(contributions).map(Math::abs).sum();
      for (int k = 0; k < LATENTS; k++) {
        // float32 through 19 layers on both sides; presence is a sum of up to 64 codes of order 1.
        assertEquals(expected.get(i, k), contributions[k], 1e-5 * absolute, "latent " + k);
        assertEquals(presence.get(i, k), present[k], 1e-4);
      }
      int top = argmax(pulled.values(), i, model.outputs());
      double logit = pulled.values().get(i, top) - model.constants().get(top);
      assertEquals(logits.get(i), logit, 1e-5);
      assertEquals(logit, Arrays.stream(contributions).sum(), 1e-5 * absolute);
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void contributionsAddUpAtEveryCut(String layer) {
    DynamicLinearModel model = network.cut(layer);
    Completeness.check(model, x);
  }

  @Test
  void theInputMapIsNoPlainGradient() {
    DynamicLinearModel model = network.cut("layer3");
    Pullback w = model.explanation().pullLogits(x, y -> largest(y, 10), RectifierRule.EXACT);
    Pullback plain = model.pullLogits(x, y -> largest(y, 10), RectifierRule.EXACT);
    assertArrayEquals(plain.values().toArray(), w.values().toArray());
    assertTrue(Near.relative(w.gradients(), plain.gradients()) > 0.5);
  }

  /** 1 for the largest of each row. */
  private static Tensor largest(Tensor y, int outputs) {
    float[] v = new float[y.shape().size()];
    for (int i = 0; i < y.rows(); i++) {
      v[i * outputs + argmax(y, i, outputs)] = 1;
    }
    return Tensor.wrap(y.shape(), v);
  }

  private static int argmax(Tensor y, int row, int outputs) {
    int best = 0;
    for (int c = 1; c < outputs; c++) {
      best = y.get(row, c) > y.get(row, best) ? c : best;
    }
    return best;
  }
}
