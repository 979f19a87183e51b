package dev.percept.engine.torch.graph;

import dev.percept.onnx.proto.NodeProto;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every operator that can be executed, by name. */
final class Operators {
  private static final Set<String> STANDARD = Set.of("", "ai.onnx");

  private static final Map<String, Operator> ALL = new HashMap<>();

  static {
    Stream.of(
            Elementwise.operators(),
            Rectifiers.operators(),
            Curves.operators(),
            Products.operators(),
            Convolutions.operators(),
            Pooling.operators(),
            Norms.operators(),
            Reductions.operators(),
            Layouts.operators(),
            Picks.operators(),
            Creations.operators(),
            Resizing.operators(),
            Fused.operators())
        .forEach(ALL::putAll);
  }

  private Operators() {}

  /** What executes a node; null where nothing does. */
  static @Nullable Operator find(NodeProto node) {
    return ALL.get(key(node));
  }

  /** A node's operator with the domain that it comes from, unless that is the standard one. */
  static String key(NodeProto node) {
    return isStandard(node) ? node.getOpType() : node.getDomain() + "." + node.getOpType();
  }

  static boolean isStandard(NodeProto node) {
    return STANDARD.contains(node.getDomain());
  }

  /** Operators of {@code nodes} that nothing executes, each once, in order of appearance. */
  static Set<String> missing(List<NodeProto> nodes) {
    Set<String> missing = new LinkedHashSet<>();
    for (NodeProto node : nodes) {
      boolean constant = isStandard(node) && node.getOpType().equals("Constant");
      if (!constant && find(node) == null) {
        missing.add(key(node));
      }
    }
    return missing;
  }
}
