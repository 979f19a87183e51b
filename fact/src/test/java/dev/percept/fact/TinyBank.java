package dev.percept.fact;

import dev.percept.core.CodePullback;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;

/**
 * The rectified products with an encoder, plus a bias where one is given.
 *
 * @param encoder r x p
 * @param bias of every code that speaks
 */
record TinyBank(Tensor encoder, float bias, @Override Dictionary dictionary)
    implements DifferentiableConceptBank {

  /** Weights by chance, without biases. */
  static TinyBank random(int r, int p, long seed) {
    RandomGenerator random = Run.of(seed).random("bank");
    return new TinyBank(gaussian(r, p, random), 0, new Dictionary(gaussian(r, p, random), null));
  }

  private static Tensor gaussian(int r, int p, RandomGenerator random) {
    float[] values = new float[r * p];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.wrap(Shape.of(r, p), values);
  }

  /** The same concepts in another order. */
  TinyBank permuted(int[] order) {
    return new TinyBank(
        rows(encoder, order),
        bias,
        new Dictionary(rows(dictionary.atoms(), order), dictionary.offset()));
  }

  private static Tensor rows(Tensor matrix, int[] order) {
    int p = matrix.shape().dim(1);
    float[] out = new float[order.length * p];
    for (int k = 0; k < order.length; k++) {
      matrix.copyTo(order[k] * p, out, k * p, p);
    }
    return Tensor.wrap(matrix.shape(), out);
  }

  private double product(Tensor activations, int row, int k) {
    double sum = 0;
    for (int j = 0; j < features(); j++) {
      sum += (double) activations.get(row, j) * encoder.get(k, j);
    }
    return sum + bias;
  }

  @Override
  public Tensor encode(Tensor activations, Run run) {
    int r = concepts();
    float[] codes = new float[activations.rows() * r];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (float) Math.max(0, product(activations, i / r, i % r));
    }
    return Tensor.wrap(Shape.of(activations.rows(), r), codes);
  }

  @Override
  public CodePullback pull(Tensor activations, Tensor cotangents, Run run) {
    Tensor codes = encode(activations, run);
    int p = features();
    float[] gradients = new float[activations.rows() * p];
    for (int i = 0; i < codes.shape().size(); i++) {
      int row = i / concepts();
      for (int j = 0; j < p && codes.get(i) > 0; j++) {
        gradients[row * p + j] += cotangents.get(i) * encoder.get(i % concepts(), j);
      }
    }
    return new CodePullback(codes, Tensor.wrap(activations.shape(), gradients), 0);
  }
}
