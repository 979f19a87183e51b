package dev.percept.engine.torch.graph;

import dev.percept.onnx.Attributes;
import dev.percept.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A list of nodes in which patterns are found and replaced. */
final class Rewriting {
  private final List<@Nullable NodeProto> nodes;
  private final Map<String, Integer> makers = new HashMap<>();
  private final Map<String, List<Integer>> readers = new HashMap<>();
  private final Set<String> outputs;

  Rewriting(List<NodeProto> nodes, List<String> outputs) {
    this.nodes = new ArrayList<>(nodes);
    this.outputs = new HashSet<>(outputs);
    for (int i = 0; i < nodes.size(); i++) {
      link(i, nodes.get(i));
    }
  }

  private void link(int at, NodeProto node) {
    node.getOutputList().forEach(o -> makers.put(o, at));
    node.getInputList().forEach(n -> readers.computeIfAbsent(n, k -> new ArrayList<>()).add(at));
  }

  List<NodeProto> nodes() {
    return nodes.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }

  /** The nodes of a standard operator that are still there. */
  List<NodeProto> all(String operator) {
    return nodes().stream().filter(n -> is(n, operator)).toList();
  }

  static boolean is(@Nullable NodeProto node, String operator) {
    return node != null && Operators.isStandard(node) && node.getOpType().equals(operator);
  }

  /** The node that makes {@code value}, if it is a {@code operator}; else null. */
  @Nullable NodeProto maker(String value, String operator) {
    Integer at = makers.get(value);
    NodeProto node = at == null ? null : nodes.get(at);
    return is(node, operator) ? node : null;
  }

  /** As {@link #maker}, where nobody else reads the value: it may disappear. */
  @Nullable NodeProto inner(String value, String operator) {
    return readers(value) == 1 ? maker(value, operator) : null;
  }

  int readers(String value) {
    return outputs.contains(value)
        ? Integer.MAX_VALUE
        : readers.getOrDefault(value, List.of()).size();
  }

  /** The only node that reads the output of {@code node}, if it is a {@code operator}. */
  @Nullable NodeProto next(NodeProto node, String operator) {
    String made = node.getOutput(0);
    if (readers(made) != 1) {
      return null;
    }
    NodeProto reader = nodes.get(readers.getOrDefault(made, List.of()).get(0));
    return is(reader, operator) ? reader : null;
  }

  /** The input of a node of two that is not {@code value}; null if it reads it twice or not. */
  static @Nullable String other(NodeProto node, String value) {
    if (node.getInputCount() != 2) {
      return null;
    }
    String a = node.getInput(0);
    String b = node.getInput(1);
    return a.equals(value) == b.equals(value) ? null : a.equals(value) ? b : a;
  }

  /** Puts one node, which makes what the last of them made, in place of several. */
  void replace(List<NodeProto> old, String operator, Map<String, ?> attributes, List<String> in) {
    int last = -1;
    for (NodeProto node : old) {
      int at = makers.getOrDefault(node.getOutput(0), -1);
      last = Math.max(last, at);
      nodes.set(at, null);
      for (String input : node.getInputList()) {
        List<Integer> reading = readers.get(input);
        if (reading != null) {
          reading.remove(Integer.valueOf(at));
        }
      }
    }
    NodeProto end = old.get(old.size() - 1);
    NodeProto.Builder made =
        NodeProto.newBuilder()
            .setOpType(operator)
            .setDomain(Fused.DOMAIN)
            .setName(end.getName())
            .addOutput(end.getOutput(0))
            .addAllInput(in);
    attributes.forEach((k, v) -> made.addAttribute(Attributes.of(k, v)));
    NodeProto node = made.build();
    nodes.set(last, node);
    link(last, node);
  }

  /** Lets the readers of {@code node}'s output read its first input instead. */
  boolean bypass(NodeProto node) {
    String made = node.getOutput(0);
    if (outputs.contains(made)) {
      return false;
    }
    int at = makers.getOrDefault(made, -1);
    NodeProto now = at < 0 ? null : nodes.get(at);
    if (now == null) {
      return false;
    }
    // As it is now: one before it may have been bypassed.
    String from = now.getInput(0);
    nodes.set(at, null);
    readers.getOrDefault(from, new ArrayList<>()).remove(Integer.valueOf(at));
    for (int reader : Set.copyOf(readers.getOrDefault(made, List.of()))) {
      NodeProto old = nodes.get(reader);
      if (old == null) {
        continue;
      }
      NodeProto.Builder changed = old.toBuilder();
      for (int i = 0; i < old.getInputCount(); i++) {
        if (old.getInput(i).equals(made)) {
          changed.setInput(i, from);
          readers.computeIfAbsent(from, k -> new ArrayList<>()).add(reader);
        }
      }
      nodes.set(reader, changed.build());
    }
    readers.remove(made);
    return true;
  }
}
