package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds tensors whose patch tokens have no way to the logits: behind the last attention of a vision
 * transformer whose head reads the class token alone, each token is worked on for itself, and what
 * the patches hold is thrown away. Errs to one side only: an operator that it does not know may mix
 * tokens.
 */
final class PatchReach {
  /** Operators that work on each token for itself where they keep the axis of the tokens. */
  private static final Set<String> TOKEN_BY_TOKEN =
      Set.of(
          "Identity",
          "Dropout",
          "Cast",
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Pow",
          "Sqrt",
          "Relu",
          "Gelu",
          "Erf",
          "Tanh",
          "Sigmoid",
          "HardSigmoid",
          "HardSwish",
          "Exp",
          "Abs",
          "Neg",
          "Clip",
          "Elu",
          "LeakyRelu",
          "Softplus",
          "Mish",
          "Reciprocal",
          "ReduceMean",
          "ReduceSum",
          "LayerNormalization",
          "MatMul");

  private final Graph graph;
  private final TokenLayouts layouts;
  private final TensorShapes shapes;
  private final Set<String> onPath;
  private final Set<String> unread = new HashSet<>();

  PatchReach(
      Graph graph, TensorShapes shapes, TokenLayouts layouts, Set<String> onPath, String logits) {
    this.graph = graph;
    this.shapes = shapes;
    this.layouts = layouts;
    this.onPath = onPath;
    for (int i = graph.producer(logits); i >= 0; i--) {
      for (String tensor : graph.nodes().get(i).getOutputList()) {
        Tokens tokens = layouts.of(tensor);
        if (onPath.contains(tensor) && tokens != null && isUnread(tensor, tokens)) {
          unread.add(tensor);
        }
      }
    }
  }

  /** Whether something that the patches hold in {@code tensor} can reach the logits. */
  boolean reaches(String tensor) {
    return !unread.contains(tensor);
  }

  private boolean isUnread(String tensor, Tokens tokens) {
    if (tokens.patches() == 0 || tokens.size() == tokens.patches()) {
      return false;
    }
    boolean read = false;
    for (int at : graph.consumers(tensor)) {
      NodeProto node = graph.nodes().get(at);
      if (!Paths.carries(node)) {
        continue;
      }
      for (String out : node.getOutputList()) {
        if (onPath.contains(out)) {
          if (!leavesPatches(node, tensor, tokens, out)) {
            return false;
          }
          read = true;
        }
      }
    }
    return read;
  }

  /**
   * Whether what {@code node} makes of {@code tensor} holds nothing of the patches' that counts.
   */
  private boolean leavesPatches(NodeProto node, String tensor, Tokens tokens, String out) {
    switch (node.getOpType()) {
      case "Slice", "Gather" -> {
        long[] part = node.getInput(0).equals(tensor) ? layouts.taken(node) : null;
        if (part != null && part.length == 2) {
          boolean special = true;
          for (long i = part[0]; i < part[0] + part[1]; i++) {
            special &= tokens.isSpecial(i);
          }
          return special || unread.contains(out);
        }
        return part != null && unread.contains(out);
      }
      case "Split" -> {
        Tokens part = layouts.of(out);
        return part != null && (part.patches() == 0 || unread.contains(out));
      }
      default -> {
        return unread.contains(out) && isTokenByToken(node, tensor, tokens, out);
      }
    }
  }

  private boolean isTokenByToken(NodeProto node, String tensor, Tokens tokens, String out) {
    List<Dim> before = shapes.dims(tensor);
    List<Dim> after = shapes.dims(out);
    if (before == null || after == null || before.size() != after.size() || tokens.size() < 2) {
      return false;
    }
    if (!tokens.equals(layouts.of(out)) || !TOKEN_BY_TOKEN.contains(node.getOpType())) {
      return false;
    }
    int axis = tokens.axis();
    return switch (node.getOpType()) {
      case "LayerNormalization" ->
          ShapeMath.axis(Attributes.integer(node, "axis", -1), before.size()) > axis;
      // Features of each token times weights; two sequences are attention.
      case "MatMul" ->
          node.getInput(0).equals(tensor)
              && axis == before.size() - 2
              && !layouts.dependsOnInput(node.getInput(1));
      default -> true;
    };
  }
}
