package dev.percept.fact.sae;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Autoencoders and activations for tests. */
final class Weights {
  private Weights() {}

  static Tensor gaussian(String purpose, int... dims) {
    RandomGenerator random = Run.of(5).random(purpose);
    Shape shape = Shape.of(dims);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.wrap(shape, values);
  }

  static Gate.JumpRelu jump(int latents, float threshold) {
    float[] thresholds = new float[latents];
    Arrays.fill(thresholds, threshold);
    return new Gate.JumpRelu(Tensor.wrap(Shape.of(latents), thresholds));
  }

  /** Without biases. */
  static SparseAutoencoder random(Gate gate, int r, int p) {
    return SparseAutoencoder.of(
        gate, gaussian("encoder", r, p), null, new Dictionary(gaussian("atoms", r, p), null));
  }
}
