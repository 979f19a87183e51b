package dev.percept.fact.bcos;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.graph.Memory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorVector;

/**
 * Adam with decoupled weight decay, with its moments in the open: libtorch's own keeps them where
 * these bindings cannot write them back, so that a training could not be resumed.
 *
 * <p>Kingma and Ba, Adam, ICLR 2015; Loshchilov and Hutter, Decoupled Weight Decay Regularization,
 * ICLR 2019. With a decay of 0 it is plain Adam. To be used inside the PointerScope in which it was
 * made.
 */
final class Adam {
  private static final double FIRST = 0.9;
  private static final double SECOND = 0.999;
  private static final double EPSILON = 1e-8;
  private static final String MEAN = "adam.mean.";
  private static final String SQUARE = "adam.square.";

  private final List<Moments> all = new ArrayList<>();
  private final double decay;
  private int steps;

  private record Moments(
      String name,
      org.bytedeco.pytorch.Tensor parameter,
      org.bytedeco.pytorch.Tensor mean,
      org.bytedeco.pytorch.Tensor square) {}

  /**
   * With moments of zero.
   *
   * @param parameters leaves that ask for gradients, by name; {@link #step} changes them
   * @param decay weight decay, decoupled: a step multiplies by {@code 1 - rate * decay}
   */
  Adam(Map<String, org.bytedeco.pytorch.Tensor> parameters, double decay) {
    this.decay = decay;
    parameters.forEach(
        (name, value) ->
            all.add(
                new Moments(name, value, value.detach().mul(zero()), value.detach().mul(zero()))));
  }

  private static Scalar zero() {
    return new Scalar(0f);
  }

  /** The parameters, in the order in which {@link #step} takes gradients. */
  TensorVector parameters() {
    TensorVector vector = new TensorVector();
    all.forEach(m -> vector.push_back(m.parameter()));
    return vector;
  }

  /** One step against {@code gradients}, in the order of {@link #parameters}. */
  @SuppressWarnings("try") // scopes are there to be closed
  void step(TensorVector gradients, double rate) {
    steps++;
    double meanScale = 1 - Math.pow(FIRST, steps);
    double squareScale = Math.sqrt(1 - Math.pow(SECOND, steps));
    try (NoGradGuard guard = new NoGradGuard()) {
      for (int i = 0; i < all.size(); i++) {
        Moments m = all.get(i);
        org.bytedeco.pytorch.Tensor gradient = gradients.get(i);
        if (decay > 0) {
          m.parameter().mul_(new Scalar(1 - rate * decay));
        }
        m.mean().lerp_(gradient, new Scalar(1 - FIRST));
        m.square().mul_(new Scalar(SECOND)).addcmul_(gradient, gradient, new Scalar(1 - SECOND));
        m.parameter()
            .addcdiv_(
                m.mean(),
                m.square().sqrt().div_(new Scalar(squareScale)).add_(new Scalar(EPSILON)),
                new Scalar(-rate / meanScale));
      }
    }
  }

  /** Copies of the moments, by names of their own. */
  Map<String, Tensor> moments() {
    Map<String, Tensor> read = new LinkedHashMap<>();
    for (Moments m : all) {
      read.put(MEAN + m.name(), Memory.read(m.mean(), shape(m.mean())));
      read.put(SQUARE + m.name(), Memory.read(m.square(), shape(m.square())));
    }
    return read;
  }

  private static Shape shape(org.bytedeco.pytorch.Tensor tensor) {
    int[] dims = new int[(int) tensor.dim()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = (int) tensor.size(i);
    }
    return Shape.of(dims);
  }

  /**
   * Goes on after {@code steps} steps.
   *
   * @param moments what {@link #moments} gave then; others under other names are passed over
   * @throws IllegalArgumentException if one is missing or of another shape
   */
  @SuppressWarnings("try") // scopes are there to be closed
  void resume(int steps, Map<String, Tensor> moments) {
    try (NoGradGuard guard = new NoGradGuard()) {
      for (Moments m : all) {
        put(MEAN + m.name(), moments, m.mean());
        put(SQUARE + m.name(), moments, m.square());
      }
    }
    this.steps = steps;
  }

  private static void put(String name, Map<String, Tensor> from, org.bytedeco.pytorch.Tensor into) {
    Tensor found = from.get(name);
    if (found == null || !found.shape().equals(shape(into))) {
      throw new IllegalArgumentException(
          name + ": expected " + shape(into) + ", found " + (found == null ? "none" : found));
    }
    into.copy_(Memory.load(found));
  }
}
