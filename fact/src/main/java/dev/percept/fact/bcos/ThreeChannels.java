package dev.percept.fact.bcos;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Grid;
import dev.percept.core.ModelInfo;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.function.UnaryOperator;

/**
 * A B-cos network as a model of three channels from 0 to 1, for what knows pictures only as such:
 * every input goes in with its inverse. A gradient by a colour is that by the colour minus that by
 * its inverse; contributions of three channels do not add up to the logit, those of six do.
 */
public final class ThreeChannels implements DynamicLinearModel {
  private static final int COLOURS = 3;

  private final DynamicLinearModel model;
  private final View view;

  /**
   * A view of {@code model}; closing it closes the model.
   *
   * @throws IllegalArgumentException if its inputs are not 6 x height x width
   */
  public ThreeChannels(DynamicLinearModel model) {
    Shape shape = model.inputShape();
    if (shape.rank() != 3 || shape.dim(0) != 2 * COLOURS) {
      throw new IllegalArgumentException("model: inputs 6 x height x width, found " + shape);
    }
    this.model = model;
    this.view = new View(model);
  }

  @Override
  public DifferentiableSplitModel explanation() {
    return new View(model.explanation());
  }

  @Override
  public Tensor constants() {
    return model.constants();
  }

  /** No: what the inverse of a colour contributes has a constant part. */
  @Override
  public boolean completeAtInput() {
    return false;
  }

  @Override
  public ModelInfo info() {
    return view.info();
  }

  @Override
  public Shape inputShape() {
    return view.inputShape();
  }

  @Override
  public Grid grid() {
    return view.grid();
  }

  @Override
  public int features() {
    return view.features();
  }

  @Override
  public int outputs() {
    return view.outputs();
  }

  @Override
  public Activations activations(Tensor inputs) {
    return view.activations(inputs);
  }

  @Override
  public Tensor pooled(Tensor inputs) {
    return view.pooled(inputs);
  }

  @Override
  public Tensor head(Tensor activations) {
    return view.head(activations);
  }

  @Override
  public Tensor headOfCodes(Tensor codes, Dictionary dictionary) {
    return view.headOfCodes(codes, dictionary);
  }

  @Override
  public Tensor logits(Tensor inputs) {
    return view.logits(inputs);
  }

  @Override
  public Pullback pullLogits(Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    return view.pullLogits(inputs, cotangent, rule);
  }

  @Override
  public Pullback pullActivations(
      Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    return view.pullActivations(inputs, cotangent, rule);
  }

  @Override
  public Pullback pullHead(Tensor activations, UnaryOperator<Tensor> cotangent) {
    return view.pullHead(activations, cotangent);
  }

  @Override
  public void close() {
    view.close();
  }

  /** Either way to differentiate. */
  private record View(DifferentiableSplitModel six) implements DifferentiableSplitModel {
    @Override
    public ModelInfo info() {
      return six.info();
    }

    @Override
    public Shape inputShape() {
      return Shape.of(COLOURS, six.inputShape().dim(1), six.inputShape().dim(2));
    }

    @Override
    public Grid grid() {
      return six.grid();
    }

    @Override
    public int features() {
      return six.features();
    }

    @Override
    public int outputs() {
      return six.outputs();
    }

    @Override
    public Activations activations(Tensor inputs) {
      return six.activations(withInverse(inputs));
    }

    @Override
    public Tensor pooled(Tensor inputs) {
      return six.pooled(withInverse(inputs));
    }

    @Override
    public Tensor head(Tensor activations) {
      return six.head(activations);
    }

    @Override
    public Tensor headOfCodes(Tensor codes, Dictionary dictionary) {
      return six.headOfCodes(codes, dictionary);
    }

    @Override
    public Tensor logits(Tensor inputs) {
      return six.logits(withInverse(inputs));
    }

    @Override
    public Pullback pullLogits(Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
      return ofColours(six.pullLogits(withInverse(inputs), cotangent, rule));
    }

    @Override
    public Pullback pullActivations(
        Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
      return ofColours(six.pullActivations(withInverse(inputs), cotangent, rule));
    }

    @Override
    public Pullback pullHead(Tensor activations, UnaryOperator<Tensor> cotangent) {
      return six.pullHead(activations, cotangent);
    }

    @Override
    public void close() {
      six.close();
    }

    private Tensor withInverse(Tensor inputs) {
      Shape each = inputShape();
      Shape found = inputs.shape();
      if (found.rank() != 4 || !found.example().equals(each)) {
        throw new IllegalArgumentException("expected n x " + each + ", found " + found);
      }
      int half = each.size();
      int n = inputs.rows();
      float[] out = new float[Math.multiplyExact(n, 2 * half)];
      for (int i = 0; i < n; i++) {
        inputs.copyTo(i * half, out, 2 * i * half, half);
        for (int j = 0; j < half; j++) {
          out[(2 * i + 1) * half + j] = 1 - out[2 * i * half + j];
        }
      }
      return Tensor.wrap(six.inputShape().batch(n), out);
    }

    /** The chain rule through {@code 1 − x}. */
    private Pullback ofColours(Pullback pulled) {
      int half = inputShape().size();
      int n = pulled.gradients().rows();
      float[] out = new float[n * half];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < half; j++) {
          out[i * half + j] =
              pulled.gradients().get(2 * i * half + j)
                  - pulled.gradients().get((2 * i + 1) * half + j);
        }
      }
      return new Pullback(pulled.values(), Tensor.wrap(inputShape().batch(n), out));
    }
  }
}
