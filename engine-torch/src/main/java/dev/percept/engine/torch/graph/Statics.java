package dev.percept.engine.torch.graph;

import dev.percept.onnx.proto.NodeProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Which values follow from weights and from the shapes of the inputs alone. */
final class Statics {
  private static final Set<String> SIZES = Set.of("Shape", "Size");

  private final Set<String> names = new HashSet<>();
  private final Predicate<String> known;

  /**
   * Of the values that {@code nodes} make.
   *
   * @param known whether a value follows from the weights
   */
  Statics(List<NodeProto> nodes, Predicate<String> known) {
    this.known = known;
    for (NodeProto node : nodes) {
      boolean size = Operators.isStandard(node) && SIZES.contains(node.getOpType());
      if (size || node.getInputList().stream().allMatch(n -> n.isEmpty() || isStatic(n))) {
        names.addAll(node.getOutputList());
      }
    }
  }

  boolean isStatic(String value) {
    return known.test(value) || names.contains(value);
  }

  boolean isStatic(NodeProto node) {
    return names.contains(node.getOutput(0));
  }
}
