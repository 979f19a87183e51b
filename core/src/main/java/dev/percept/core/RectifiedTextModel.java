package dev.percept.core;

/** A {@link RectifiedModel} of texts. */
public class RectifiedTextModel extends RectifiedModel implements TextModel {
  private final TextModel model;

  RectifiedTextModel(TextModel model) {
    super(model);
    this.model = model;
  }

  @Override
  public Tensor tokens(Tensor inputs) {
    return rectified(model.tokens(inputs));
  }
}
