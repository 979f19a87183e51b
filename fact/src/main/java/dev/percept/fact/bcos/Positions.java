package dev.percept.fact.bcos;

import dev.percept.core.Grid;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.List;

/**
 * Adds what says where a token lies: sines and cosines of its column, then of its row, at a quarter
 * of the width of frequencies from 1 down to 1/10,000. It is fixed and in no state dict.
 *
 * <p>What it adds does not depend on the input, so contributions of the input do not add up to the
 * logit; those from behind it on do.
 */
record Positions(Grid grid, int width) implements Part {
  private static final double TEMPERATURE = 10_000;

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Step with(Store store) {
    org.bytedeco.pytorch.Tensor table = store.keep(table());
    return (x, how) -> x.add(table);
  }

  /** One row a token. */
  Tensor table() {
    int quarter = width / 4;
    float[] values = new float[grid.size() * width];
    for (int token = 0; token < grid.size(); token++) {
      int row = token / grid.columns();
      int column = token % grid.columns();
      for (int i = 0; i < quarter; i++) {
        double frequency = Math.pow(TEMPERATURE, -(double) i / (quarter - 1));
        int at = token * width + i;
        values[at] = (float) Math.sin(column * frequency);
        values[at + quarter] = (float) Math.cos(column * frequency);
        values[at + 2 * quarter] = (float) Math.sin(row * frequency);
        values[at + 3 * quarter] = (float) Math.cos(row * frequency);
      }
    }
    return Tensor.wrap(Shape.of(grid.size(), width), values);
  }
}
