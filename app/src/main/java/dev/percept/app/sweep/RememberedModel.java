package dev.percept.app.sweep;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.Grid;
import dev.percept.core.ModelInfo;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;

/**
 * The second half of a model, asked with activations in place of pictures: an input of {@link
 * #activations} is L p values of one picture, one of {@link #pooled} is p values of one crop.
 * Closing it does not close the model.
 */
record RememberedModel(SplitModel model) implements SplitModel {
  @Override
  public ModelInfo info() {
    return model.info();
  }

  @Override
  public Shape inputShape() {
    return Shape.of(model.grid().size() * model.features());
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
    return new Activations(
        inputs.reshape(inputs.rows(), model.grid().size(), model.features()), model.grid());
  }

  @Override
  public Tensor pooled(Tensor inputs) {
    // The caller reuses the memory of a batch.
    return Tensor.wrap(inputs.shape(), inputs.toArray());
  }

  @Override
  public Tensor head(Tensor activations) {
    return model.head(activations);
  }

  @Override
  public Tensor headOfCodes(Tensor codes, Dictionary dictionary) {
    return model.headOfCodes(codes, dictionary);
  }

  @Override
  public Tensor logits(Tensor inputs) {
    return model.head(activations(inputs).values());
  }

  @Override
  public void close() {}
}
