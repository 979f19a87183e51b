package dev.percept.fact.bcos;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Maps n x channels x height x width in patches, n x tokens x (row, column, channel).
 *
 * @param side of a patch
 */
record Patches(int side) implements Part {
  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Step with(Store store) {
    return (x, how) -> {
      long channels = x.size(1);
      long rows = x.size(2) / side;
      long columns = x.size(3) / side;
      Tensor split = x.reshape(-1, channels, rows, side, columns, side);
      return split.permute(0, 2, 4, 3, 5, 1).reshape(-1, rows * columns, channels * side * side);
    };
  }
}
