package dev.percept.methods;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;

/**
 * Activations made of known concepts: sparse codes times sparse atoms, and noise.
 *
 * @param activations n x p
 * @param codes n x r
 * @param atoms r x p
 */
public record Planted(Tensor activations, Tensor codes, Tensor atoms) {
  /** Non-negative, with noise of {@code noise} times the root mean square. */
  public static Planted of(int n, int p, int r, double noise, long seed) {
    RandomGenerator random = Run.of(seed).random("planted");
    float[] codes = sparse(random, n * r);
    float[] atoms = sparse(random, r * p);
    float[] a = new float[n * p];
    double squares = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < p; j++) {
        double v = 0;
        for (int k = 0; k < r; k++) {
          v += (double) codes[i * r + k] * atoms[k * p + j];
        }
        a[i * p + j] = (float) v;
        squares += v * v;
      }
    }
    double scale = noise * Math.sqrt(squares / a.length);
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) Math.max(0, a[i] + scale * random.nextGaussian());
    }
    return new Planted(
        Tensor.wrap(Shape.of(n, p), a),
        Tensor.wrap(Shape.of(n, r), codes),
        Tensor.wrap(Shape.of(r, p), atoms));
  }

  private static float[] sparse(RandomGenerator random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextInt(3) == 0 ? (float) Math.abs(random.nextGaussian()) + 0.1f : 0;
    }
    return values;
  }
}
