package dev.percept.methods.craft;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.Grid;
import dev.percept.core.ModelInfo;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.function.UnaryOperator;

/**
 * The same network with activations that are lower by a constant, which its head adds again: what
 * it answers is the same, and a cut that knows nothing of signs.
 */
final class Shifted implements DifferentiableSplitModel {
  private final DifferentiableSplitModel model;
  private final float by;

  Shifted(DifferentiableSplitModel model, double by) {
    this.model = model;
    this.by = (float) by;
  }

  private static Tensor plus(Tensor values, float constant) {
    if (constant == 0) {
      return values;
    }
    float[] out = values.toArray();
    for (int i = 0; i < out.length; i++) {
      out[i] += constant;
    }
    return Tensor.wrap(values.shape(), out);
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("shifted", "", "features", "Sub", false, "by hand");
  }

  @Override
  public Shape inputShape() {
    return model.inputShape();
  }

  @Override
  public Grid grid() {
    return model.grid();
  }

  @Override
  public int features() {
    return model.features();
  }

  @Override
  public int outputs() {
    return model.outputs();
  }

  @Override
  public Activations activations(Tensor inputs) {
    Activations a = model.activations(inputs);
    return new Activations(plus(a.values(), -by), a.grid());
  }

  @Override
  public Tensor pooled(Tensor inputs) {
    return plus(model.pooled(inputs), -by);
  }

  @Override
  public Tensor head(Tensor activations) {
    return model.head(plus(activations, by));
  }

  @Override
  public Tensor headOfCodes(Tensor codes, Dictionary dictionary) {
    float[] offset = new float[features()];
    java.util.Arrays.fill(offset, by);
    Tensor own = dictionary.offset();
    Tensor all = Tensor.wrap(Shape.of(features()), offset);
    return model.headOfCodes(
        codes,
        by == 0
            ? dictionary
            : new Dictionary(dictionary.atoms(), own == null ? all : plus(own, by)));
  }

  @Override
  public Tensor logits(Tensor inputs) {
    return model.logits(inputs);
  }

  @Override
  public Pullback pullLogits(Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    return model.pullLogits(inputs, cotangent, rule);
  }

  @Override
  public Pullback pullActivations(
      Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    Pullback pulled = model.pullActivations(inputs, a -> cotangent.apply(plus(a, -by)), rule);
    return new Pullback(plus(pulled.values(), -by), pulled.gradients());
  }

  @Override
  public Pullback pullHead(Tensor activations, UnaryOperator<Tensor> cotangent) {
    return model.pullHead(plus(activations, by), cotangent);
  }

  @Override
  public void close() {
    model.close();
  }
}
