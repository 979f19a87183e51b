package dev.percept.methods.metric.c2;

import dev.percept.core.Examples;
import dev.percept.core.Grid;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;

/**
 * Any network as judge, by its activations at a cut. A class token and registers have no part: of a
 * vision transformer only patch tokens are looked at.
 */
public final class ModelJudge implements Judge {
  private final SplitModel model;
  private final Examples pictures;

  /**
   * A network that looks at pictures.
   *
   * @param model cut where its features are taken; stays the caller's to close
   * @param pictures the marked pictures, in the same order, prepared for this model
   * @throws IllegalArgumentException if the model takes inputs of another shape, or has no places
   */
  public ModelJudge(SplitModel model, Examples pictures) {
    if (!model.inputShape().equals(pictures.shape())) {
      throw new IllegalArgumentException(
          "judge: pictures of shape " + model.inputShape() + ", found " + pictures.shape());
    }
    if (!model.grid().isSpatial()) {
      throw new IllegalArgumentException(
          "judge: a feature map with more than one place, found " + model.grid());
    }
    this.model = model;
    this.pictures = pictures;
  }

  @Override
  public int pictures() {
    return pictures.size();
  }

  @Override
  public Grid grid() {
    return model.grid().ofPlaces();
  }

  @Override
  public int features() {
    return model.features();
  }

  @Override
  public Tensor look(int from, int to) {
    return model.grid().ofPlaces(model.activations(pictures.batch(from, to)).values());
  }
}
