package dev.percept.fact.sae;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableHead;
import dev.percept.core.Examples;
import dev.percept.core.Grid;
import dev.percept.core.ModelInfo;
import dev.percept.core.Pullback;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.function.UnaryOperator;

/**
 * A network that one can calculate by hand: an input is its activations, 2 x 2 places of 3
 * features, and logit c is the sum of feature c over the places, weighted by the place.
 */
final class SmallModel implements DifferentiableHead {
  static final int PLACES = 4;
  static final int P = 3;
  private static final float[] OF_PLACE = {1, 2, 0, 0.5f};

  @Override
  public ModelInfo info() {
    return new ModelInfo("small.onnx", "ab".repeat(32), "cut", "Relu", true, "by hand");
  }

  @Override
  public Shape inputShape() {
    return Shape.of(P, 2, 2);
  }

  @Override
  public Grid grid() {
    return new Grid(2, 2);
  }

  @Override
  public int features() {
    return P;
  }

  @Override
  public int outputs() {
    return P;
  }

  @Override
  public Activations activations(Tensor inputs) {
    int n = inputs.rows();
    float[] values = new float[n * PLACES * P];
    for (int i = 0; i < n; i++) {
      for (int l = 0; l < PLACES; l++) {
        for (int j = 0; j < P; j++) {
          values[(i * PLACES + l) * P + j] = inputs.get((i * P + j) * PLACES + l);
        }
      }
    }
    return new Activations(Tensor.wrap(Shape.of(n, PLACES, P), values), grid());
  }

  @Override
  public Tensor pooled(Tensor inputs) {
    throw new UnsupportedOperationException("not asked for here");
  }

  @Override
  public Tensor head(Tensor a) {
    float[] logits = new float[a.rows() * P];
    for (int i = 0; i < a.shape().size(); i++) {
      logits[i / (PLACES * P) * P + i % P] += OF_PLACE[i / P % PLACES] * a.get(i);
    }
    return Tensor.wrap(Shape.of(a.rows(), P), logits);
  }

  @Override
  public Tensor headOfCodes(Tensor codes, Dictionary dictionary) {
    throw new UnsupportedOperationException("not asked for here");
  }

  @Override
  public Tensor logits(Tensor inputs) {
    return head(activations(inputs).values());
  }

  @Override
  public Pullback pullHead(Tensor a, UnaryOperator<Tensor> cotangent) {
    Tensor logits = head(a);
    Tensor v = cotangent.apply(logits);
    float[] gradients = new float[a.shape().size()];
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = OF_PLACE[i / P % PLACES] * v.get(i / (PLACES * P), i % P);
    }
    return new Pullback(logits, Tensor.wrap(a.shape(), gradients));
  }

  @Override
  public void close() {}

  /** Inputs as they are given, n x 3 x 2 x 2. */
  static Examples examples(Tensor inputs) {
    return new Examples() {
      @Override
      public int size() {
        return inputs.rows();
      }

      @Override
      public Shape shape() {
        return inputs.shape().example();
      }

      @Override
      public String name(int index) {
        return "input " + index;
      }

      @Override
      public void read(int index, FloatBuffer target) {
        target.put(inputs.row(index).buffer());
      }
    };
  }
}
