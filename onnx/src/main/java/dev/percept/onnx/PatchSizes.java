package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How large the patches are that a vision transformer sees as one token, in pixels of its input.
 *
 * @param pixels ascending; empty where the model has no attention, or it does not tell
 * @param how what they were read from
 */
public record PatchSizes(List<Integer> pixels, Source how) {
  /** What they were read from. */
  public enum Source {
    /** Kernel and stride of the convolution that reads the picture. */
    CONVOLUTION,
    /** The number of tokens that attend to each other, of which each stands for a square. */
    ATTENTION,
    /** Nothing: no transformer of pictures, or one that reads them in another way. */
    NONE
  }

  /** What lies between the picture and the first convolution where a model prepares its input. */
  private static final Set<String> PREPARES =
      Set.of("Cast", "Sub", "Add", "Mul", "Div", "Transpose", "Identity", "Clip", "Pad", "Reshape");

  /** Tokens that are no patches: none, class, class and distillation, class and four registers. */
  private static final List<Integer> OTHER_TOKENS = List.of(0, 1, 2, 5);

  public PatchSizes {
    pixels = List.copyOf(pixels);
  }

  /** Reads them from a model's graph. */
  public static PatchSizes of(Cuts cuts) {
    Graph graph = cuts.model().graph();
    List<Dim> input = cuts.shapes().input();
    int[] tokens = attending(graph, cuts.shapes());
    if (tokens.length == 0 || input.size() != 4) {
      return new PatchSizes(List.of(), Source.NONE);
    }
    NodeProto first = first(graph);
    if (first != null) {
      long[] kernel = Attributes.integers(first, "kernel_shape");
      long[] strides = Attributes.integers(first, "strides");
      if (kernel != null && strides != null && Arrays.equals(kernel, strides) && kernel[0] > 1) {
        return new PatchSizes(List.of((int) kernel[0]), Source.CONVOLUTION);
      }
    }
    // Channels first or last: both spatial axes are the two that are next to each other and larger.
    boolean last = input.get(3).fixed() <= 4;
    long height = input.get(last ? 1 : 2).fixed();
    long width = input.get(last ? 2 : 3).fixed();
    TreeSet<Integer> found = new TreeSet<>();
    for (int n : tokens) {
      Integer size = size(n, height, width);
      if (size != null) {
        found.add(size);
      }
    }
    return new PatchSizes(new ArrayList<>(found), found.isEmpty() ? Source.NONE : Source.ATTENTION);
  }

  /** The side of a square patch of which {@code n} tokens cover the picture. */
  private static @Nullable Integer size(int n, long height, long width) {
    for (int other : OTHER_TOKENS) {
      double side = n > other ? Math.sqrt((double) height * width / (n - other)) : 0;
      long whole = Math.round(side);
      if (whole > 1 && Math.abs(side - whole) < 1e-9 && height % whole == 0 && width % whole == 0) {
        return (int) whole;
      }
    }
    return null;
  }

  /** How many tokens attend to each other, at each attention: Softmax over a square, multiplied. */
  private static int[] attending(Graph graph, TensorShapes shapes) {
    TreeSet<Integer> found = new TreeSet<>();
    for (NodeProto node : graph.nodes()) {
      if (!node.getOpType().equals("Softmax") || !multiplied(graph, node.getOutput(0))) {
        continue;
      }
      List<Dim> dims = shapes.dims(node.getOutput(0));
      int rank = dims == null ? 0 : dims.size();
      if (dims != null
          && rank >= 3
          && dims.get(rank - 1).isFixed()
          && dims.get(rank - 1).equals(dims.get(rank - 2))) {
        found.add((int) dims.get(rank - 1).fixed());
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private static boolean multiplied(Graph graph, String tensor) {
    return graph.consumers(tensor).stream()
        .map(i -> graph.nodes().get(i))
        .anyMatch(
            n ->
                n.getOpType().equals("MatMul")
                    || n.getOpType().equals("Einsum")
                    || (Set.of("Dropout", "Cast", "Identity").contains(n.getOpType())
                        && multiplied(graph, n.getOutput(0))));
  }

  /** The convolution that reads the picture; null where something else does. */
  private static @Nullable NodeProto first(Graph graph) {
    String tensor = graph.inputName();
    while (true) {
      List<Integer> readers = graph.consumers(tensor);
      if (readers.size() != 1) {
        return null;
      }
      NodeProto node = graph.nodes().get(readers.get(0));
      if (node.getOpType().equals("Conv")) {
        return node;
      }
      if (!PREPARES.contains(node.getOpType())) {
        return null;
      }
      tensor = node.getOutput(0);
    }
  }
}
