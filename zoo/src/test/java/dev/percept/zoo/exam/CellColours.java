package dev.percept.zoo.exam;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.Grid;
import dev.percept.core.ModelInfo;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.zoo.Creatures;
import dev.percept.zoo.SceneExamples;

/** A model that needs no training: mean colours of 8 x 8 cells, then a fixed linear head. */
final class CellColours implements SplitModel {
  static final Grid GRID = new Grid(12, 12);
  private static final float[][] HEAD = {
    {3, -1, 2}, {-2, 4, 1}, {5, -3, -1}, {1, 1, -6}, {-4, 2, 3}, {2, -5, 4}
  };

  @Override
  public ModelInfo info() {
    return new ModelInfo("colours", "", "cells", "Mean", true, "test");
  }

  @Override
  public Shape inputShape() {
    return SceneExamples.SHAPE;
  }

  @Override
  public Grid grid() {
    return GRID;
  }

  @Override
  public int features() {
    return 3;
  }

  @Override
  public int outputs() {
    return HEAD.length;
  }

  @Override
  public Activations activations(Tensor inputs) {
    int side = Creatures.SIDE;
    int cell = side / GRID.columns();
    float[] values = new float[inputs.rows() * GRID.size() * 3];
    for (int i = 0; i < inputs.shape().size(); i++) {
      int x = i % side;
      int y = i / side % side;
      int channel = i / (side * side) % 3;
      int example = i / (3 * side * side);
      int location = y / cell * GRID.columns() + x / cell;
      values[(example * GRID.size() + location) * 3 + channel] += inputs.get(i) / (cell * cell);
    }
    return new Activations(Tensor.wrap(Shape.of(inputs.rows(), GRID.size(), 3), values), GRID);
  }

  @Override
  public Tensor pooled(Tensor inputs) {
    Tensor a = activations(inputs).values();
    float[] means = new float[a.rows() * 3];
    for (int i = 0; i < a.shape().size(); i++) {
      means[i / (GRID.size() * 3) * 3 + i % 3] += a.get(i) / GRID.size();
    }
    return Tensor.wrap(Shape.of(a.rows(), 3), means);
  }

  @Override
  public Tensor head(Tensor activations) {
    int n = activations.rows();
    float[] logits = new float[n * HEAD.length];
    for (int i = 0; i < activations.shape().size(); i++) {
      int example = i / (GRID.size() * 3);
      for (int c = 0; c < HEAD.length; c++) {
        logits[example * HEAD.length + c] += activations.get(i) * HEAD[c][i % 3] / GRID.size();
      }
    }
    return Tensor.wrap(Shape.of(n, HEAD.length), logits);
  }

  @Override
  public Tensor headOfCodes(Tensor codes, Dictionary dictionary) {
    throw new AssertionError("the exam has no codes of its own");
  }

  @Override
  public Tensor logits(Tensor inputs) {
    return head(activations(inputs).values());
  }

  @Override
  public void close() {}
}
