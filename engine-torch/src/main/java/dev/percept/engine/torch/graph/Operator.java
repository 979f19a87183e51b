package dev.percept.engine.torch.graph;

import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/** What a node of the graph does. Inputs are never changed. */
@FunctionalInterface
interface Operator {
  /** The outputs of a node, in order; those behind the first may be left out if rarely read. */
  Tensor[] apply(Call call);

  /** An operator with one output. */
  static Operator of(Function<Call, Tensor> function) {
    return call -> new Tensor[] {function.apply(call)};
  }
}
