package dev.percept.fact.bcos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.graph.Memory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamTest {
  private static final Shape SHAPE = Shape.of(3, 5);

  @BeforeAll
  static void start() {
    TorchEngine.start(1);
  }

  private static Tensor random(RandomGenerator random) {
    float[] values = new float[SHAPE.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.wrap(SHAPE, values);
  }

  /** A bowl that is steep in some directions: its gradient changes with the parameter. */
  private static org.bytedeco.pytorch.Tensor bowl(
      org.bytedeco.pytorch.Tensor x, org.bytedeco.pytorch.Tensor steepness) {
    return x.mul(x).mul(steepness.mul(steepness)).sum();
  }

  private static TensorVector gradient(
      org.bytedeco.pytorch.Tensor x, org.bytedeco.pytorch.Tensor steepness) {
    return torch.grad(new TensorVector(bowl(x, steepness)), new TensorVector(x));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1})
  @SuppressWarnings("try") // scopes are there to be closed
  void stepsAreThoseOfLibtorch(double decay) {
    RandomGenerator random = Run.of(1).random("adam");
    Tensor start = random(random);
    Tensor steepness = random(random);
    try (PointerScope scope = new PointerScope()) {
      org.bytedeco.pytorch.Tensor s = Memory.load(steepness);
      org.bytedeco.pytorch.Tensor ours = Memory.load(start).set_requires_grad(true);
      org.bytedeco.pytorch.Tensor theirs = Memory.load(start).set_requires_grad(true);
      Adam adam = new Adam(Map.of("x", ours), decay);
      AdamWOptions options = new AdamWOptions(0.05);
      options.weight_decay().put(decay);
      AdamW reference = new AdamW(new TensorVector(theirs), options);
      for (int step = 0; step < 50; step++) {
        double rate = 0.05 / (1 + step);
        adam.step(gradient(ours, s), rate);
        reference.param_groups().get(0).options().set_lr(rate);
        reference.zero_grad();
        bowl(theirs, s).backward();
        reference.step();
      }
      float[] found = Memory.read(ours, SHAPE).toArray();
      // Both round to float32 at every step, in another order.
      assertArrayEquals(Memory.read(theirs, SHAPE).toArray(), found, 2e-6f);
      assertTrue(Math.abs(found[0] - start.get(0)) > 0.05, "it has moved");
    }
  }

  @Test
  @SuppressWarnings("try") // scopes are there to be closed
  void whatIsResumedGoesOnWithTheSameBits() {
    RandomGenerator random = Run.of(2).random("adam");
    Tensor start = random(random);
    Tensor steepness = random(random);
    try (PointerScope scope = new PointerScope()) {
      org.bytedeco.pytorch.Tensor s = Memory.load(steepness);
      org.bytedeco.pytorch.Tensor whole = Memory.load(start).set_requires_grad(true);
      Adam first = new Adam(Map.of("x", whole), 0.01);
      for (int step = 0; step < 7; step++) {
        first.step(gradient(whole, s), 0.1);
      }
      Map<String, Tensor> moments = first.moments();
      Tensor parameter = Memory.read(whole, SHAPE);
      org.bytedeco.pytorch.Tensor resumed = Memory.load(parameter).set_requires_grad(true);
      Adam second = new Adam(Map.of("x", resumed), 0.01);
      second.resume(7, moments);
      for (int step = 0; step < 5; step++) {
        first.step(gradient(whole, s), 0.1);
        second.step(gradient(resumed, s), 0.1);
      }
      assertArrayEquals(
          Memory.read(whole, SHAPE).toArray(), Memory.read(resumed, SHAPE).toArray(), 0f);

      Map<String, Tensor> fewer = new LinkedHashMap<>(moments);
      fewer.remove("adam.square.x");
      assertThrows(IllegalArgumentException.class, () -> second.resume(7, fewer));
    }
  }

  @Test
  @SuppressWarnings("try") // scopes are there to be closed
  void noGradientNoDecayNoChange() {
    try (PointerScope scope = new PointerScope()) {
      org.bytedeco.pytorch.Tensor x = torch.ones(3).set_requires_grad(true);
      Adam adam = new Adam(Map.of("x", x), 0);
      adam.step(new TensorVector(x.detach().mul(new Scalar(0f))), 0.1);
      assertArrayEquals(new float[] {1, 1, 1}, Memory.read(x, Shape.of(3)).toArray(), 0f);
    }
  }
}
