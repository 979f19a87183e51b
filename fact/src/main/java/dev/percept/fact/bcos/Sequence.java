package dev.percept.fact.bcos;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Parts one after the other. */
record Sequence(List<Part> parts) implements Part {
  Sequence {
    parts = List.copyOf(parts);
  }

  static Sequence of(Part... parts) {
    return new Sequence(List.of(parts));
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>();
    parts.forEach(p -> all.addAll(p.parameters()));
    return all;
  }

  @Override
  public Step with(Store store) {
    List<Step> steps = parts.stream().map(p -> p.with(store)).toList();
    return (x, how) -> {
      Tensor y = x;
      for (Step step : steps) {
        y = step.forward(y, how);
      }
      return y;
    };
  }
}
