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
 * A model in explanation mode that closes the model it is a view of, so that it can be put to the
 * contract of models, which closes what it opens.
 */
record OwningView(DifferentiableSplitModel view, DynamicLinearModel owner)
    implements DifferentiableSplitModel {
  static OwningView of(DynamicLinearModel model) {
    return new OwningView(model.explanation(), model);
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
    owner.close();
  }
}
