package dev.percept.fact.bcos;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code body(x) + shortcut(x)}.
 *
 * @param body what is added
 * @param shortcut an empty sequence for x itself
 */
record Residual(Part body, Sequence shortcut) implements Part {
  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(body.parameters());
    all.addAll(shortcut.parameters());
    return all;
  }

  @Override
  public Step with(Store store) {
    Step main = body.with(store);
    Step side = shortcut.with(store);
    return (x, how) -> main.forward(x, how).add(side.forward(x, how));
  }
}
