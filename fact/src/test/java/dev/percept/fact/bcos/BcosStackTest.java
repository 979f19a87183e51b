package dev.percept.fact.bcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.DynamicLinearStack;
import dev.percept.core.Pullback;
import dev.percept.core.StackedModel;
import dev.percept.core.Tensor;
import dev.percept.testkit.StackedModelContract;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Networks cut at several places. */
class BcosStackTest {
  private static final List<String> LAYERS = List.of("layer2", "layer1", "layer1.0", "stem");

  @Nested
  class Residual extends StackedModelContract {
    @Override
    protected StackedModel open() {
      return Networks.open(Networks.small()).cuts(LAYERS);
    }
  }

  @Nested
  class Transformer extends StackedModelContract {
    @Override
    protected StackedModel open() {
      return Networks.open(VitTest.spec()).cuts(List.of("encoder_1", "encoder_0", "embedding"));
    }
  }

  @Test
  void contributionsToALaterPlaceAddUpToIt() {
    BcosSpec spec = Networks.small();
    Tensor x = BcosNetworkTest.pictures(spec, 3);
    try (DynamicLinearStack stack = Networks.open(spec).cuts(LAYERS)) {
      for (int from = 1; from < stack.cuts(); from++) {
        Tensor a = stack.at(from).activations(x).values();
        Pullback pulled = stack.explainOnward(from, a, y -> y);
        int each = a.shape().example().size();
        int later = pulled.values().shape().example().size();
        for (int i = 0; i < 3; i++) {
          double sum = 0;
          double absolute = 0;
          for (int j = i * each; j < (i + 1) * each; j++) {
            double c = (double) a.get(j) * pulled.gradients().get(j);
            sum += c;
            absolute += Math.abs(c);
          }
          double expected = 0;
          for (int j = i * later; j < (i + 1) * later; j++) {
            expected += (double) pulled.values().get(j) * pulled.values().get(j);
          }
          assertEquals(expected, sum, Completeness.ROUNDING * absolute);
        }
      }
    }
  }

  @Test
  void stepByStepIsAllTheWay() {
    BcosSpec spec = Networks.small();
    Tensor x = BcosNetworkTest.pictures(spec, 2);
    UnaryOperator<Tensor> logit = Completeness.only(2);
    try (DynamicLinearStack stack = Networks.open(spec).cuts(LAYERS)) {
      Tensor early = stack.at(3).activations(x).values();
      Tensor whole = stack.at(3).explanation().pullHead(early, logit).gradients();
      Pullback steps =
          stack.explainOnward(
              3,
              early,
              a1 ->
                  stack
                      .explainOnward(
                          2,
                          a1,
                          a2 ->
                              stack
                                  .explainOnward(
                                      1,
                                      a2,
                                      a3 ->
                                          stack.at(0).explanation().pullHead(a3, logit).gradients())
                                  .gradients())
                      .gradients());
      assertTrue(Near.relative(whole, steps.gradients()) < 1e-5);
    }
  }

  @Test
  void layersOutOfOrderAreRefused() {
    try (BcosNetwork network = Networks.open(Networks.small())) {
      assertThrows(IllegalArgumentException.class, () -> network.cuts(List.of()));
      assertThrows(IllegalArgumentException.class, () -> network.cuts(List.of("layer1", "layer2")));
      assertThrows(
          IllegalArgumentException.class, () -> network.cuts(List.of("layer1", "layer1.1")));
    }
  }
}
