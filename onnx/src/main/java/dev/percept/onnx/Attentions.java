package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where places of the picture look at each other: a Softmax of products of two tensors that both
 * depend on the picture (queries and keys), or an operator that is all of this at once. A Softmax
 * of anything else (a gate over branches, the weights of a mean) is none.
 */
final class Attentions {
  private static final Set<String> WHOLE =
      Set.of("Attention", "MultiHeadAttention", "PackedMultiHeadAttention");

  private static final Set<String> PRODUCTS = Set.of("MatMul", "Gemm", "Einsum");

  /** What stands between a product and its Softmax: scales, biases, masks, other axes. */
  private static final Set<String> HANDED_ON =
      Set.of(
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Where",
          "Cast",
          "Clip",
          "Identity",
          "Dropout",
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Transpose");

  private final Graph graph;
  private final Set<String> carried;
  private final List<String> found;

  /**
   * The attentions of a graph.
   *
   * @param onPath tensors between the input and the logits; others do not count
   */
  Attentions(Graph graph, Set<String> onPath) {
    this.graph = graph;
    this.carried = Paths.forward(graph);
    this.found =
        graph.nodes().stream()
            .filter(node -> node.getOutputCount() > 0 && onPath.contains(node.getOutput(0)))
            .filter(node -> WHOLE.contains(node.getOpType()) || isOfProducts(node))
            .map(node -> node.getOutput(0))
            .toList();
  }

  /** Whether there is one behind {@code first} and before {@code last}, both clean cuts. */
  boolean between(String first, String last) {
    int from = graph.producer(first);
    int to = graph.producer(last);
    return found.stream().mapToInt(graph::producer).anyMatch(at -> from < at && at < to);
  }

  private boolean isOfProducts(NodeProto softmax) {
    if (!softmax.getOpType().equals("Softmax")) {
      return false;
    }
    Deque<String> open = new ArrayDeque<>(softmax.getInputList());
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      String tensor = open.remove();
      NodeProto maker = carried.contains(tensor) ? graph.maker(tensor) : null;
      if (maker == null || !seen.add(tensor)) {
        continue;
      }
      if (PRODUCTS.contains(maker.getOpType())
          && maker.getInputList().stream().filter(carried::contains).count() > 1) {
        return true;
      }
      if (HANDED_ON.contains(maker.getOpType())) {
        open.addAll(maker.getInputList());
      }
    }
    return false;
  }
}
