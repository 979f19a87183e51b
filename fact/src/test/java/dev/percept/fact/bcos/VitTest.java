package dev.percept.fact.bcos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Grid;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.TorchFunction;
import dev.percept.testkit.DifferentiableSplitModelContract;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Vision transformers. */
class VitTest {
  static BcosSpec spec() {
    return BcosSpec.of(new VitSpec(2, List.of(), 16, 2, 2, 24), 6, 8, 3);
  }

  private static BcosSpec convolutional() {
    return BcosSpec.of(new VitSpec(1, List.of(8, 16, 16), 16, 2, 4, 20), 9, 12, 3)
        .withB(1.5)
        .withMaxOut(2)
        .withNorm(BcosNorm.POSITION_UNCENTERED);
  }

  @Nested
  class LastEncoderExplained extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      return OwningView.of(Networks.open(spec()).cut("encoder_1"));
    }
  }

  @Nested
  class Embedding extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      return Networks.open(convolutional()).cut("embedding");
    }
  }

  @Test
  void contributionsAddUpFromBehindTheEmbeddingOnAndNotAtTheInput() {
    for (BcosSpec spec : List.of(spec(), convolutional())) {
      try (BcosNetwork network = Networks.open(spec)) {
        Tensor x = BcosNetworkTest.pictures(spec, 3);
        for (String layer : network.layers()) {
          assertFalse(network.cut(layer).completeAtInput());
          Completeness.check(network.cut(layer), x);
        }
        DynamicLinearModel model = network.cut("embedding");
        Pullback w = model.explanation().pullLogits(x, Completeness.only(0), RectifierRule.EXACT);
        double sum = 0;
        double absolute = 0;
        int each = x.shape().example().size();
        for (int j = 0; j < each; j++) {
          double c = (double) x.get(j) * w.gradients().get(j);
          sum += c;
          absolute += Math.abs(c);
        }
        double logit = w.values().get(0, 0) - model.constants().get(0);
        // The rest is what the positions contribute: not rounding.
        assertTrue(Math.abs(logit - sum) > 1e-3 * absolute, logit + " and " + sum);
      }
    }
  }

  @Test
  void gridsAreThoseOfThePatches() {
    try (BcosNetwork plain = Networks.open(spec());
        BcosNetwork stem = Networks.open(convolutional())) {
      assertEquals(
          List.of("embedding", "transformer.encoder_0", "transformer.encoder_1"), plain.layers());
      assertEquals(new Grid(3, 4), plain.cut("encoder_0").grid());
      // Halved where channels grow, by 6 to 8 and 8 to 16, and rounded up.
      assertEquals(new Grid(3, 3), stem.cut("embedding").grid());
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> BcosSpec.of(new VitSpec(4, List.of(), 16, 2, 2, 24), 6, 8, 3));
    assertThrows(IllegalArgumentException.class, () -> spec().withNorm(BcosNorm.BATCH_UNCENTERED));
    assertThrows(IllegalArgumentException.class, () -> new VitSpec(2, List.of(), 16, 2, 3, 24));
  }

  @Test
  void patchesAreReadRowByRowWithTheirChannelsTogether() {
    TorchEngine.start(1);
    Step step = new Patches(2).with(new Store(List.of(), Map.of(), false));
    float[] x = new float[2 * 2 * 4];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    Tensor y =
        new TorchFunction(t -> step.forward(t, Forward.PLAIN), Shape.of(2, 8))
            .forward(Tensor.wrap(Shape.of(1, 2, 2, 4), x));
    assertArrayEquals(
        new float[] {0, 8, 1, 9, 4, 12, 5, 13, 2, 10, 3, 11, 6, 14, 7, 15}, y.toArray());
  }

  @Test
  void positionsAreSinesAndCosines() {
    Tensor table = new Positions(new Grid(2, 3), 12).table();
    // Token 5 lies in row 1 and column 2; the second of three frequencies is 1 / 100.
    assertEquals(Math.sin(2 / 100.0), table.get(5, 1), 1e-6);
    assertEquals(Math.cos(2 / 100.0), table.get(5, 4), 1e-6);
    assertEquals(Math.sin(1 / 100.0), table.get(5, 7), 1e-6);
    assertEquals(Math.cos(1 / 10_000.0), table.get(5, 11), 1e-6);
    assertEquals(0, table.get(0, 0));
  }

  /** Against loops in double precision, and its derivative with the matrix held still. */
  @Test
  void attentionFollowsItsDefinition() {
    TorchEngine.start(1);
    int width = 6;
    int heads = 2;
    int tokens = 4;
    RandomGenerator random = Run.of(5).random("attention");
    Tensor weight = normal(random, Shape.of(3 * width, width));
    Tensor x = normal(random, Shape.of(1, tokens, width));
    Tensor v = normal(random, Shape.of(1, tokens, width));
    Attention attention = new Attention("a", width, heads);
    Store store = new Store(attention.parameters(), Map.of("a.weight", weight), false);
    Step step = attention.with(store);
    Shape out = Shape.of(tokens, width);
    Pullback explained =
        new TorchFunction(t -> step.forward(t, Forward.EXPLANATION), out).pull(x, y -> v);
    Pullback plain = new TorchFunction(t -> step.forward(t, Forward.PLAIN), out).pull(x, y -> v);
    double[][] projected = new double[3 * width][tokens];
    for (int o = 0; o < 3 * width; o++) {
      for (int t = 0; t < tokens; t++) {
        for (int i = 0; i < width; i++) {
          projected[o][t] += (double) weight.get(o, i) * x.get(t * width + i);
        }
      }
    }
    int each = width / heads;
    double[] gradient = new double[tokens * width];
    for (int h = 0; h < heads; h++) {
      for (int t = 0; t < tokens; t++) {
        double[] share = new double[tokens];
        double total = 0;
        for (int s = 0; s < tokens; s++) {
          double dot = 0;
          for (int d = h * each; d < (h + 1) * each; d++) {
            dot += projected[d][t] * projected[width + d][s];
          }
          share[s] = Math.exp(dot / Math.sqrt(each));
          total += share[s];
        }
        for (int d = h * each; d < (h + 1) * each; d++) {
          double y = 0;
          for (int s = 0; s < tokens; s++) {
            y += share[s] / total * projected[2 * width + d][s];
            for (int i = 0; i < width; i++) {
              gradient[s * width + i] +=
                  v.get(t * width + d) * share[s] / total * weight.get(2 * width + d, i);
            }
          }
          assertEquals(y, explained.values().get(t * width + d), 1e-5);
        }
      }
    }
    for (int i = 0; i < gradient.length; i++) {
      assertEquals(gradient[i], explained.gradients().get(i), 1e-5);
    }
    assertArrayEquals(plain.values().toArray(), explained.values().toArray());
    assertTrue(Near.relative(explained.gradients(), plain.gradients()) > 0.1);
    store.close();
  }

  private static Tensor normal(RandomGenerator random, Shape shape) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.wrap(shape, values);
  }
}
