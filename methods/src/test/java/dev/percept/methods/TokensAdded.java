package dev.percept.methods;

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
 * A model with tokens added that its head does not read: whatever is said of places, classes and
 * concepts must be what is said of the model without them. The tokens hold 100, which nothing that
 * takes them for places would miss.
 */
public final class TokensAdded implements DifferentiableSplitModel {
  private static final float LOUD = 100;

  private final DifferentiableSplitModel model;
  private final Grid grid;

  public TokensAdded(DifferentiableSplitModel model, int leading, int trailing) {
    this.model = model;
    this.grid = new Grid(model.grid().rows(), model.grid().columns(), leading, trailing);
  }

  private Tensor add(Tensor places, float value) {
    int n = places.rows();
    int w = places.shape().dim(2);
    float[] out = new float[n * grid.size() * w];
    for (int i = 0; i < out.length; i++) {
      int l = i / w % grid.size();
      int at = (i / w / grid.size() * grid.places() + l - grid.leading()) * w + i % w;
      out[i] = grid.isPlace(l) ? places.get(at) : value;
    }
    return Tensor.wrap(Shape.of(n, grid.size(), w), out);
  }

  @Override
  public ModelInfo info() {
    return model.info();
  }

  @Override
  public Shape inputShape() {
    return model.inputShape();
  }

  @Override
  public Grid grid() {
    return grid;
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
    return new Activations(add(model.activations(inputs).values(), LOUD), grid);
  }

  @Override
  public Tensor pooled(Tensor inputs) {
    return model.pooled(inputs);
  }

  @Override
  public Tensor head(Tensor activations) {
    return model.head(grid.ofPlaces(activations));
  }

  @Override
  public Tensor headOfCodes(Tensor codes, Dictionary dictionary) {
    return model.headOfCodes(grid.ofPlaces(codes), dictionary);
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
    Pullback pulled =
        model.pullActivations(inputs, a -> grid.ofPlaces(cotangent.apply(add(a, LOUD))), rule);
    return new Pullback(add(pulled.values(), LOUD), pulled.gradients());
  }

  @Override
  public Pullback pullHead(Tensor activations, UnaryOperator<Tensor> cotangent) {
    Pullback pulled = model.pullHead(grid.ofPlaces(activations), cotangent);
    return new Pullback(pulled.values(), add(pulled.gradients(), 0));
  }

  @Override
  public void close() {
    model.close();
  }
}
