package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The paths on which values flow from the input to the logits. A tensor's shape is no value: what
 * goes through Shape or Size depends on the size of the input only, and blocks no cut.
 */
final class Paths {
  /** Tensors on a path, in order, each with the tensors by which a path goes around it. */
  private final Map<String, List<String>> crossings = new LinkedHashMap<>();

  Paths(Graph graph, String logits) {
    Set<String> forward = forward(graph);
    Set<String> backward = backward(graph, logits);
    Set<String> onPath = new HashSet<>(forward);
    onPath.retainAll(backward);
    Map<String, Integer> lastUse = new LinkedHashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      NodeProto node = graph.nodes().get(i);
      if (!carries(node) || node.getOutputList().stream().noneMatch(onPath::contains)) {
        continue;
      }
      for (String in : Graph.reads(node)) {
        if (onPath.contains(in)) {
          lastUse.put(in, i);
        }
      }
    }
    // Tensors alive at once bypass each other; one that is alive alone is crossed by every path.
    Set<String> alive = new LinkedHashSet<>(List.of(graph.inputName()));
    int end = graph.producer(logits);
    for (int i = 0; i <= end; i++) {
      NodeProto node = graph.nodes().get(i);
      List<String> made = node.getOutputList().stream().filter(onPath::contains).toList();
      int now = i;
      alive.removeIf(t -> lastUse.getOrDefault(t, -1) <= now);
      alive.addAll(made);
      for (String tensor : made) {
        List<String> others = new ArrayList<>(alive);
        others.remove(tensor);
        crossings.put(tensor, others);
      }
    }
  }

  /** Whether values, not only shapes, go through a node. */
  static boolean carries(NodeProto node) {
    return !node.getOpType().equals("Shape") && !node.getOpType().equals("Size");
  }

  /** What the input has a part in, by values and not only by its shape. */
  static Set<String> forward(Graph graph) {
    Set<String> reached = new HashSet<>(List.of(graph.inputName()));
    for (NodeProto node : graph.nodes()) {
      if (carries(node) && Graph.reads(node).stream().anyMatch(reached::contains)) {
        reached.addAll(node.getOutputList());
      }
    }
    reached.remove("");
    return reached;
  }

  private static Set<String> backward(Graph graph, String logits) {
    Set<String> reached = new HashSet<>(List.of(logits));
    for (int i = graph.producer(logits); i >= 0; i--) {
      NodeProto node = graph.nodes().get(i);
      if (carries(node) && node.getOutputList().stream().anyMatch(reached::contains)) {
        reached.addAll(Graph.reads(node));
      }
    }
    return reached;
  }

  /** The tensors on a path in topological order, each with what crosses a cut there. */
  Map<String, List<String>> crossings() {
    return crossings;
  }
}
