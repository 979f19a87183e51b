package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which axes of a tensor count the tokens of a text, followed through the graph from the input: a
 * size alone does not tell, since there may be as many features as tokens.
 */
final class TokenAxes {
  private final Graph graph;
  private final TensorShapes shapes;
  private final Map<String, Set<Integer>> axes = new HashMap<>();

  TokenAxes(Graph graph, TensorShapes shapes) {
    this.graph = graph;
    this.shapes = shapes;
    axes.put(graph.inputName(), Set.of(2));
    for (NodeProto node : graph.nodes()) {
      if (Paths.carries(node) && Graph.reads(node).stream().anyMatch(axes::containsKey)) {
        for (String out : node.getOutputList()) {
          axes.put(out, rule(node, out));
        }
      }
    }
  }

  /** The axes of {@code tensor} that count tokens; those of a tensor of unknown shape are −1. */
  Set<Integer> of(String tensor) {
    return axes.getOrDefault(tensor, Set.of());
  }

  /** Whether any does. */
  boolean has(String tensor) {
    return !of(tensor).isEmpty();
  }

  private Set<Integer> of(NodeProto node, int input) {
    return input < node.getInputCount() ? of(node.getInput(input)) : Set.of();
  }

  private long @Nullable [] sizes(NodeProto node, int input) {
    return input < node.getInputCount() ? sizes(node.getInput(input)) : null;
  }

  private long @Nullable [] sizes(String tensor) {
    TensorProto constant = graph.constant(tensor);
    return constant == null ? shapes.sizes(tensor) : TensorData.dims(constant);
  }

  private Set<Integer> rule(NodeProto node, String output) {
    boolean any = node.getInputList().stream().anyMatch(this::has);
    if (!any) {
      return Set.of();
    }
    long[] out = shapes.sizes(output);
    long[] in = sizes(node, 0);
    if (out == null) {
      return Set.of(-1);
    }
    Set<Integer> found =
        switch (node.getOpType()) {
          case "Gather" -> gather(node, in);
          case "GatherND" -> gatherNd(node, in, out);
          case "Transpose" -> transposed(node, out.length);
          case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> reshaped(node, in, output, out);
          case "MatMul" -> matMul(node, in, out.length);
          case "Gemm" -> gemm(node);
          case "Einsum" -> einsum(node);
          case "LSTM", "GRU", "RNN" ->
              output.equals(node.getOutput(0)) && of(node, 0).contains(0) ? Set.of(0) : Set.of();
          case "Conv", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool" ->
              of(node, 0);
          default ->
              node.getOpType().startsWith("Reduce") || node.getOpType().startsWith("Arg")
                  ? reduced(node, in, out.length)
                  : aligned(node, out.length);
        };
    Set<Integer> kept = new TreeSet<>();
    for (int axis : found) {
      // An axis of size 1 is what a mean or a choice has left.
      if (axis < 0 || (axis < out.length && out[axis] != 1)) {
        kept.add(axis);
      }
    }
    return kept;
  }

  private Set<Integer> gather(NodeProto node, long @Nullable [] in) {
    long[] index = sizes(node, 1);
    if (in == null || index == null) {
      return Set.of(-1);
    }
    int axis = ShapeMath.axis(Attributes.integer(node, "axis", 0), in.length);
    Set<Integer> out = new TreeSet<>();
    of(node, 1).forEach(i -> out.add(i < 0 ? -1 : axis + i));
    for (int d : of(node, 0)) {
      if (d < axis) {
        out.add(d);
      } else if (d > axis) {
        out.add(d + index.length - 1);
      } else if (index.length == 1) {
        out.add(d);
      }
    }
    return out;
  }

  private Set<Integer> gatherNd(NodeProto node, long @Nullable [] in, long[] out) {
    long[] index = sizes(node, 1);
    if (in == null || index == null) {
      return Set.of(-1);
    }
    int behind = (int) (Attributes.integer(node, "batch_dims", 0) + index[index.length - 1]);
    Set<Integer> kept = new TreeSet<>();
    of(node, 1).stream().filter(i -> i < index.length - 1).forEach(kept::add);
    for (int d : of(node, 0)) {
      if (d >= behind) {
        kept.add(out.length - (in.length - d));
      }
    }
    return kept;
  }

  private Set<Integer> transposed(NodeProto node, int rank) {
    long[] order = Attributes.integers(node, "perm");
    Set<Integer> out = new TreeSet<>();
    for (int i = 0; i < rank; i++) {
      int from = order == null ? rank - 1 - i : (int) order[i];
      if (of(node, 0).contains(from)) {
        out.add(i);
      }
    }
    return out;
  }

  /** An axis goes on in those that share its place in the order of the values. */
  private Set<Integer> reshaped(NodeProto node, long @Nullable [] in, String output, long[] out) {
    if (in == null) {
      return Set.of(-1);
    }
    List<Dim> dims = shapes.dims(output);
    Set<Integer> found = new TreeSet<>();
    for (int axis : of(node, 0)) {
      if (axis < 0) {
        found.add(axis);
        continue;
      }
      long from = before(in, axis);
      long to = from * in[axis];
      for (int j = 0; j < out.length; j++) {
        long start = before(out, j);
        boolean shares = Math.max(from, start) < Math.min(to, start * out[j]);
        boolean batch = j == 0 && dims != null && shapes.isBatch(dims.get(0)) && out.length > 1;
        if (shares && out[j] > 1 && !(batch && axis == 0)) {
          found.add(j);
        }
      }
    }
    return found;
  }

  private static long before(long[] dims, int axis) {
    long product = 1;
    for (int i = 0; i < axis; i++) {
      product *= dims[i];
    }
    return product;
  }

  private Set<Integer> matMul(NodeProto node, long @Nullable [] a, int rank) {
    long[] b = sizes(node, 1);
    if (a == null || b == null) {
      return Set.of(-1);
    }
    Set<Integer> out = new TreeSet<>();
    for (int d : of(node, 0)) {
      if (d < a.length - 1) {
        out.add(d + rank - a.length);
      }
    }
    for (int d : of(node, 1)) {
      if (d != b.length - 2) {
        out.add(d + rank - b.length);
      }
    }
    return out;
  }

  private Set<Integer> gemm(NodeProto node) {
    Set<Integer> out = new TreeSet<>();
    if (of(node, 0).contains(Attributes.integer(node, "transA", 0) == 0 ? 0 : 1)) {
      out.add(0);
    }
    if (of(node, 1).contains(Attributes.integer(node, "transB", 0) == 0 ? 1 : 0)) {
      out.add(1);
    }
    return out;
  }

  private Set<Integer> einsum(NodeProto node) {
    String[] sides = Attributes.text(node, "equation", "").replace(" ", "").split("->", -1);
    String[] inputs = sides[0].split(",", -1);
    Set<Integer> out = new TreeSet<>();
    for (int i = 0; i < inputs.length && sides.length == 2; i++) {
      for (int axis : of(node, i)) {
        int at = axis < inputs[i].length() ? sides[1].indexOf(inputs[i].charAt(axis)) : -1;
        if (at >= 0) {
          out.add(at);
        }
      }
    }
    return out;
  }

  private Set<Integer> reduced(NodeProto node, long @Nullable [] in, int rank) {
    if (in == null) {
      return Set.of(-1);
    }
    Set<Integer> gone = new TreeSet<>();
    for (long axis : reducedAxes(graph, node, in.length)) {
      gone.add(ShapeMath.axis(axis, in.length));
    }
    Set<Integer> out = new TreeSet<>();
    for (int axis : of(node, 0)) {
      if (!gone.contains(axis)) {
        boolean kept = rank == in.length;
        out.add(kept ? axis : axis - (int) gone.stream().filter(g -> g < axis).count());
      }
    }
    return out;
  }

  /** The axes along which a Reduce or Arg node works. */
  static long[] reducedAxes(Graph graph, NodeProto node, int rank) {
    if (node.getOpType().startsWith("Arg")) {
      return new long[] {Attributes.integer(node, "axis", 0)};
    }
    long[] axes = Attributes.integers(node, "axes");
    if (axes == null && Inference.has(node, 1)) {
      TensorProto value = graph.constant(node.getInput(1));
      axes = value == null ? null : TensorData.longs(value);
    }
    if (axes == null) {
      axes = new long[rank];
      for (int i = 0; i < rank; i++) {
        axes[i] = i;
      }
    }
    return axes;
  }

  /** Value by value, shapes broadcast. */
  private Set<Integer> aligned(NodeProto node, int rank) {
    Set<Integer> out = new TreeSet<>();
    for (String input : node.getInputList()) {
      long[] in = sizes(input);
      for (int axis : of(input)) {
        out.add(axis < 0 || in == null ? -1 : axis + rank - in.length);
      }
    }
    out.removeIf(axis -> axis < -1);
    return out;
  }
}
