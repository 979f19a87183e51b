package dev.percept.fact.bcos;

import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.global.torch;

/** Means over windows of a map; zeros around it count. */
record AveragePool(int kernel, int stride, int padding) implements Part {
  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Step with(Store store) {
    long[] size = {kernel, kernel};
    long[] step = {stride, stride};
    long[] around = {padding, padding};
    return (x, how) -> torch.avg_pool2d(x, size, step, around, false, true, new LongOptional());
  }
}
