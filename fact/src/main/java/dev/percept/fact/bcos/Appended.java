package dev.percept.fact.bcos;

import java.util.List;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A map and what {@code part} makes of it, channels after channels. */
record Appended(Part part) implements Part {
  @Override
  public List<Parameter> parameters() {
    return part.parameters();
  }

  @Override
  public Step with(Store store) {
    Step step = part.with(store);
    return (x, how) -> torch.cat(new TensorVector(x, step.forward(x, how)), 1);
  }
}
