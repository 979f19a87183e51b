package dev.percept.fact.bcos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.TorchFunction;
import dev.percept.engine.torch.graph.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Networks in training. */
@SuppressWarnings("try") // scopes are there to be closed
class BcosNetTest {
  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static Tensor logits(BcosNet net, Tensor x, Forward how) {
    return new TorchFunction(y -> net.forward(y, how), Shape.of(4)).forward(x);
  }

  @Test
  void weightsComeBackAsTheyWentIn() {
    BcosSpec spec = Networks.small();
    Map<String, Tensor> weights = Networks.weights(spec, 4);
    try (BcosNet net = new BcosNet(spec, weights)) {
      Map<String, Tensor> back = net.weights();
      assertEquals(List.copyOf(spec.weights().keySet()), List.copyOf(back.keySet()));
      back.forEach(
          (name, t) ->
              assertArrayEquals(BcosWeights.get(weights, name).toArray(), t.toArray(), name));
    }
  }

  @Test
  void outsideOfTrainingItIsTheNetwork() {
    BcosSpec spec = Networks.small();
    Map<String, Tensor> weights = Networks.weights(spec, 4);
    Tensor x = BcosNetworkTest.pictures(spec, 3);
    try (BcosNet net = new BcosNet(spec, weights);
        BcosNetwork network = BcosNetwork.of(spec, weights, 1)) {
      float[] expected = network.cut("stem").logits(x).toArray();
      assertArrayEquals(expected, logits(net, x, Forward.PLAIN).toArray(), 1e-6f);
    }
  }

  @Test
  void aStepOfTrainingTakesTheStatisticsOfTheBatch() {
    BcosSpec spec = Networks.small();
    Tensor x = BcosNetworkTest.pictures(spec, 6);
    try (BcosNet net = new BcosNet(spec, Networks.weights(spec, 4))) {
      float before = BcosWeights.get(net.weights(), "bn1.running_var").get(0);
      Tensor trained = logits(net, x, Forward.training(0.1));
      float moved = BcosWeights.get(net.weights(), "bn1.running_var").get(0);
      // With a share of 1 the running statistics are those of the batch, and with these the plain
      // network gives what training gave.
      logits(net, x, Forward.training(1));
      float ofBatch = BcosWeights.get(net.weights(), "bn1.running_var").get(0);
      assertEquals(0.9 * before + 0.1 * ofBatch, moved, 1e-6);
      assertArrayEquals(trained.toArray(), logits(net, x, Forward.PLAIN).toArray(), 1e-4f);
      assertEquals(0, BcosWeights.get(net.weights(), "bn1.running_mean").get(0));
    }
  }

  @Test
  void theRunningVarianceIsThatAroundTheMeanOfAllPlaces() {
    BcosSpec spec = Networks.small();
    Tensor x = BcosNetworkTest.pictures(spec, 5);
    Map<String, Tensor> weights = Networks.weights(spec, 4);
    try (BcosNet net = new BcosNet(spec, weights)) {
      logits(net, x, Forward.training(1));
      BcosConv conv = new BcosConv("conv1", 6, 8, 3, 1, 1, 1, 1, 2, 1);
      Store store = new Store(conv.parameters(), weights, false);
      Step step = conv.with(store);
      Tensor y =
          new TorchFunction(t -> step.forward(t, Forward.PLAIN), Shape.of(8, 8, 8)).forward(x);
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < 5; i++) {
        for (int l = 0; l < 64; l++) {
          double v = y.get((i * 8 + 3) * 64 + l);
          sum += v;
          squares += v * v;
        }
      }
      double variance = squares / 320 - sum / 320 * sum / 320;
      assertEquals(
          variance, BcosWeights.get(net.weights(), "bn1.running_var").get(3), 1e-5 * variance);
      store.close();
    }
  }

  @Test
  void itLearns() {
    BcosSpec spec = Networks.small();
    int n = 16;
    Tensor x = BcosNetworkTest.pictures(spec, n);
    float[] truth = new float[n * 4];
    for (int i = 0; i < n; i++) {
      truth[i * 4 + i % 4] = 1;
    }
    List<Float> losses = new ArrayList<>();
    try (PointerScope scope = new PointerScope();
        BcosNet net = new BcosNet(spec, BcosStart.of(spec, Run.of(1)))) {
      TensorVector parameters = net.parameters();
      assertEquals(
          spec.weights().keySet().stream().filter(s -> !s.contains("running")).count(),
          parameters.size());
      AdamW optimizer = new AdamW(parameters, new AdamWOptions(0.01));
      for (int step = 0; step < 40; step++) {
        try (PointerScope inner = new PointerScope()) {
          org.bytedeco.pytorch.Tensor loss =
              torch.binary_cross_entropy_with_logits(
                  net.forward(Memory.load(x), Forward.training(0.1)),
                  Memory.load(Tensor.wrap(Shape.of(n, 4), truth)));
          losses.add(loss.item_float());
          optimizer.zero_grad();
          loss.backward();
          optimizer.step();
        }
      }
    }
    assertTrue(losses.get(39) < 0.5 * losses.get(0), losses.get(0) + " to " + losses.get(39));
  }

  @Test
  void theStartFollowsTheSeed() {
    BcosSpec spec = Networks.small();
    Map<String, Tensor> one = BcosStart.of(spec, Run.of(1));
    assertEquals(spec.weights().keySet(), one.keySet());
    float[] filters = BcosWeights.get(one, "layer1.0.conv1.linear.weight").toArray();
    assertArrayEquals(
        filters,
        BcosWeights.get(BcosStart.of(spec, Run.of(1)), "layer1.0.conv1.linear.weight").toArray());
    double other =
        Near.relative(
            BcosWeights.get(one, "fc.linear.weight"),
            BcosWeights.get(BcosStart.of(spec, Run.of(2)), "fc.linear.weight"));
    assertTrue(other > 0.5);
    double squares = 0;
    for (float f : filters) {
      squares += f * f;
    }
    // He's variance by fan-out, 2 / (8 * 9), estimated from 576 values: 6 % at one deviation.
    assertEquals(2.0 / 72, squares / filters.length, 0.25 * 2 / 72);
  }
}
