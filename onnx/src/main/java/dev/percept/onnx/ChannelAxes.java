package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which axis of a tensor holds the features, the others (but the batch) being locations. Feature
 * maps keep them second, tokens and TensorFlow's maps last; Transpose and Reshape move them.
 */
final class ChannelAxes {
  private final TensorShapes shapes;
  private final Map<String, Integer> axes = new HashMap<>();

  ChannelAxes(Graph graph, TensorShapes shapes) {
    this.shapes = shapes;
    List<Dim> input = shapes.input();
    long[] sizes = input.stream().mapToLong(d -> d.at(1)).toArray();
    axes.put(graph.inputName(), InputAxes.channelsLast(sizes) ? 3 : usual(input.size()));
    for (NodeProto node : graph.nodes()) {
      List<Dim> out = shapes.dims(node.getOutput(0));
      if (out != null) {
        axes.put(node.getOutput(0), rule(node, out));
      }
    }
  }

  /** The axis of the features of {@code tensor}, whose shape must be known. */
  int of(String tensor) {
    Integer axis = axes.get(tensor);
    List<Dim> dims = shapes.dims(tensor);
    return axis != null ? axis : usual(dims == null ? 2 : dims.size());
  }

  private static int usual(int rank) {
    return rank == 3 ? 2 : 1;
  }

  private int rule(NodeProto node, List<Dim> out) {
    int rank = out.size();
    if (node.getInputCount() == 0) {
      return usual(rank);
    }
    return switch (node.getOpType()) {
      case "Conv",
          "ConvTranspose",
          "MaxPool",
          "AveragePool",
          "GlobalAveragePool",
          "GlobalMaxPool",
          "BatchNormalization",
          "InstanceNormalization",
          "GroupNormalization",
          "LRN" ->
          1;
      case "MatMul", "Gemm", "LayerNormalization" -> rank - 1;
      case "Transpose" -> {
        long[] order = Attributes.integers(node, "perm");
        int before = of(node.getInput(0));
        for (int i = 0; order != null && i < order.length; i++) {
          if (order[i] == before) {
            yield i;
          }
        }
        yield usual(rank);
      }
      case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> moved(node.getInput(0), out);
      default -> {
        for (String in : node.getInputList()) {
          List<Dim> dims = shapes.dims(in);
          if (dims != null && dims.size() == rank && axes.containsKey(in)) {
            yield of(in);
          }
        }
        yield usual(rank);
      }
    };
  }

  /** The features stay where everything before them, or everything behind them, is unchanged. */
  private int moved(String input, List<Dim> out) {
    List<Dim> in = shapes.dims(input);
    int rank = out.size();
    if (in != null) {
      int axis = of(input);
      if (rank > axis
          && in.size() > axis
          && in.subList(0, axis + 1).equals(out.subList(0, axis + 1))) {
        return axis;
      }
      int behind = in.size() - axis;
      if (behind > 0
          && rank > behind
          && in.subList(axis, in.size()).equals(out.subList(rank - behind, rank))) {
        return rank - behind;
      }
    }
    return usual(rank);
  }
}
