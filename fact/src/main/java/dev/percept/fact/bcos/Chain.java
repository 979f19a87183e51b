package dev.percept.fact.bcos;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A network with its weights: steps one after the other, the last of which makes the logits.
 *
 * @param steps one a {@link Plan.Stage}
 */
record Chain(List<Step> steps) {
  Chain {
    steps = List.copyOf(steps);
  }

  /** The network of {@code plan} with the weights in {@code store}. */
  static Chain of(Plan plan, Store store) {
    List<Step> steps = new ArrayList<>();
    for (Plan.Stage stage : plan.stages()) {
      steps.add(stage.part().with(store));
    }
    return new Chain(steps);
  }

  /** What comes out of the last step. */
  Tensor forward(Tensor x, Forward how) {
    return forward(x, 0, steps.size(), how);
  }

  /**
   * From behind step {@code from − 1} to behind step {@code to − 1}. The caller has opened a scope,
   * which owns the result.
   */
  Tensor forward(Tensor x, int from, int to, Forward how) {
    Tensor y = x;
    for (int i = from; i < to; i++) {
      Tensor before = y;
      Step step = steps.get(i);
      y = Scopes.inner(() -> step.forward(before, how));
      PointerScope around = PointerScope.getInnerScope();
      if (i > from && around != null) {
        around.detach(before);
      }
    }
    return y;
  }
}
