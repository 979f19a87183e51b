package dev.percept.engine.onnx;

import dev.percept.core.Activations;
import dev.percept.core.StackedModel;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * An ONNX model cut at several places. What lies between two cuts is a graph of its own, opened
 * when it is first used.
 */
public final class OnnxStackedModel implements StackedModel {
  private final List<OnnxSplitModel> models;
  private final List<Session> between = new ArrayList<>();

  /**
   * @param models the last cut first; the first of them belongs to somebody else
   */
  OnnxStackedModel(List<OnnxSplitModel> models) {
    this.models = List.copyOf(models);
    for (int i = 1; i < models.size(); i++) {
      between.add(models.get(i).between(models.get(i - 1)));
    }
  }

  @Override
  public int cuts() {
    return models.size();
  }

  @Override
  public OnnxSplitModel at(int cut) {
    if (cut < 0 || cut >= models.size()) {
      throw new IllegalArgumentException("cut: 0 to " + (models.size() - 1) + ", found " + cut);
    }
    return models.get(cut);
  }

  @Override
  public Activations onward(int from, Tensor activations) {
    if (from < 1) {
      throw new IllegalArgumentException("cut: 1 to " + (models.size() - 1) + ", found " + from);
    }
    return at(from).onward(between.get(from - 1), models.get(from - 1), activations);
  }

  /** Closes the earlier cuts; the model that this was made from stays open. */
  @Override
  public void close() {
    models.subList(1, models.size()).forEach(OnnxSplitModel::close);
    between.forEach(Session::close);
  }
}
