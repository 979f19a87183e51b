package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks back from the logits to where the axis of the tokens is lost. */
final class PoolingFinder {
  private static final Set<String> REDUCE_TO_MEAN =
      Set.of("ReduceMean", "GlobalAveragePool", "AveragePool");
  private static final Set<String> REDUCE_TO_MAX =
      Set.of("ReduceMax", "GlobalMaxPool", "MaxPool", "TopK");
  private static final Set<String> RESHAPES =
      Set.of("Squeeze", "Unsqueeze", "Reshape", "Flatten", "Identity", "Cast", "Dropout");

  private final Graph graph;
  private final TensorShapes shapes;
  private final TokenAxes tokens;
  private final Set<String> content;

  PoolingFinder(Graph graph, TensorShapes shapes, TokenAxes tokens) {
    this.graph = graph;
    this.shapes = shapes;
    this.tokens = tokens;
    this.content = content(graph);
  }

  /** What follows from the words themselves, not from the mask or positions alone. */
  private static Set<String> content(Graph graph) {
    Set<String> reached = new HashSet<>();
    WordEmbedding words = WordEmbedding.find(graph);
    reached.add(words == null ? graph.inputName() : words.tensor());
    for (NodeProto node : graph.nodes()) {
      if (Paths.carries(node) && Graph.reads(node).stream().anyMatch(reached::contains)) {
        reached.addAll(node.getOutputList());
      }
    }
    return reached;
  }

  /** The pooling; null where the logits do not depend on the words, or there is one a token. */
  @Nullable Pooling find(String logits) {
    if (tokens.has(logits)) {
      return null;
    }
    List<NodeProto> ends = ends(logits);
    if (ends.isEmpty()) {
      return null;
    }
    NodeProto end = ends.get(0);
    String read = tokenInput(end);
    if (ends.size() > 1) {
      return new Pooling(Pooling.Kind.SEVERAL, read, join(ends, logits));
    }
    return pooling(end, read);
  }

  /** Nodes behind which there are no tokens any more, as far as the logits depend on them. */
  private List<NodeProto> ends(String logits) {
    List<NodeProto> ends = new ArrayList<>();
    Set<String> seen = new HashSet<>(Set.of(logits));
    Deque<String> open = new ArrayDeque<>(List.of(logits));
    while (!open.isEmpty()) {
      NodeProto node = graph.maker(open.remove());
      if (node == null || !Paths.carries(node)) {
        continue;
      }
      if (Graph.reads(node).stream().anyMatch(t -> content.contains(t) && tokens.has(t))) {
        ends.add(node);
        continue;
      }
      for (String in : Graph.reads(node)) {
        if (content.contains(in) && seen.add(in)) {
          open.add(in);
        }
      }
    }
    return ends;
  }

  private String tokenInput(NodeProto node) {
    return node.getInputList().stream()
        .filter(t -> content.contains(t) && tokens.has(t))
        // Of weights and rows, the rows.
        .reduce((a, b) -> width(b) > width(a) ? b : a)
        .orElse(node.getInput(0));
  }

  private long width(String tensor) {
    long[] sizes = shapes.sizes(tensor);
    return sizes == null || sizes.length < 3 ? 0 : sizes[sizes.length - 1];
  }

  private Pooling pooling(NodeProto end, String read) {
    String out = end.getOutput(0);
    String type = end.getOpType();
    if (REDUCE_TO_MEAN.contains(type)) {
      return made(Pooling.Kind.MEAN, read, out);
    }
    if (REDUCE_TO_MAX.contains(type)) {
      return made(Pooling.Kind.MAX, unmasked(read), out);
    }
    return switch (type) {
      case "ReduceSum" -> sum(read, out);
      case "Gather" -> made(isFirst(end, 1) ? Pooling.Kind.FIRST : Pooling.Kind.PICKED, read, out);
      case "Slice" ->
          made(startsAtFirst(end) ? Pooling.Kind.FIRST : Pooling.Kind.PICKED, read, out);
      case "Split" -> made(Pooling.Kind.FIRST, read, out);
      case "GatherND", "GatherElements" -> made(Pooling.Kind.PICKED, read, out);
      case "MatMul", "Gemm", "Einsum" -> product(end, read, out);
      default -> made(Pooling.Kind.OTHER, read, out);
    };
  }

  /** A product of weights and rows, or of everything in a line and a matrix. */
  private Pooling product(NodeProto node, String read, String out) {
    String other = node.getInput(0).equals(read) ? node.getInput(1) : node.getInput(0);
    if (graph.constant(other) != null) {
      return made(Pooling.Kind.FLATTENED, read, out);
    }
    if (content.contains(other)) {
      return made(Pooling.Kind.WEIGHTED, read, out);
    }
    Pooling sum = made(Pooling.Kind.SUM, read, out);
    String divided = divided(out);
    return divided == null ? sum : made(Pooling.Kind.MASKED_MEAN, read, divided);
  }

  private Pooling sum(String read, String out) {
    NodeProto maker = graph.maker(read);
    String rows = read;
    if (maker != null && maker.getOpType().equals("Mul")) {
      String a = maker.getInput(0);
      String b = maker.getInput(1);
      boolean both = content.contains(a) && content.contains(b);
      rows = both ? (width(a) >= width(b) ? a : b) : content.contains(a) ? a : b;
      if (both) {
        return made(Pooling.Kind.WEIGHTED, rows, out);
      }
    } else {
      rows = unmasked(read);
    }
    String divided = divided(out);
    return divided == null
        ? made(Pooling.Kind.SUM, rows, out)
        : made(Pooling.Kind.MASKED_MEAN, rows, divided);
  }

  /** The rows before what is padding was set to some constant. */
  private String unmasked(String read) {
    NodeProto maker = graph.maker(read);
    if (maker == null || !Set.of("Where", "Add", "Sub", "Mul").contains(maker.getOpType())) {
      return read;
    }
    List<String> rows = maker.getInputList().stream().filter(content::contains).toList();
    boolean masks =
        maker.getInputList().stream()
            .anyMatch(t -> !content.contains(t) && tokens.has(t) && graph.constant(t) == null);
    return rows.size() == 1 && masks ? rows.get(0) : read;
  }

  /** What a sum becomes when it is divided by what follows from the mask; null where it is not. */
  private @Nullable String divided(String sum) {
    String at = sum;
    while (true) {
      NodeProto reader = onlyReader(at);
      if (reader == null) {
        return null;
      }
      boolean division = reader.getOpType().equals("Div") && reader.getInput(0).equals(at);
      boolean product = reader.getOpType().equals("Mul");
      if ((division || product)
          && reader.getInputList().stream().filter(content::contains).count() == 1) {
        return reader.getOutput(0);
      }
      if (!RESHAPES.contains(reader.getOpType())) {
        return null;
      }
      at = reader.getOutput(0);
    }
  }

  private @Nullable NodeProto onlyReader(String tensor) {
    List<NodeProto> readers =
        graph.consumers(tensor).stream().map(graph.nodes()::get).filter(Paths::carries).toList();
    return readers.size() == 1 ? readers.get(0) : null;
  }

  /** Goes on to the first tensor of n x p. */
  private Pooling made(Pooling.Kind kind, String before, String out) {
    String after = out;
    while (!isRow(after)) {
      NodeProto reader = onlyReader(after);
      if (reader == null || !RESHAPES.contains(reader.getOpType())) {
        break;
      }
      after = reader.getOutput(0);
    }
    NodeProto maker = graph.maker(before);
    String rows = before;
    while (maker != null && maker.getOpType().equals("Identity")) {
      rows = maker.getInput(0);
      maker = graph.maker(rows);
    }
    return new Pooling(kind, rows, isRow(after) ? after : out);
  }

  private boolean isRow(String tensor) {
    List<Dim> dims = shapes.dims(tensor);
    return dims != null && dims.size() == 2 && shapes.isBatch(dims.get(0)) && dims.get(1).isFixed();
  }

  private boolean isFirst(NodeProto node, int input) {
    TensorProto index = graph.constant(node.getInput(input));
    Known value = index == null ? null : Known.of(index);
    return value != null && value.size() == 1 && value.get(0) == 0;
  }

  private boolean startsAtFirst(NodeProto slice) {
    long[] starts = Attributes.integers(slice, "starts");
    if (starts != null) {
      for (long start : starts) {
        if (start != 0) {
          return false;
        }
      }
      return true;
    }
    TensorProto from = Inference.has(slice, 1) ? graph.constant(slice.getInput(1)) : null;
    Known value = from == null ? null : Known.of(from);
    for (int i = 0; value != null && i < value.size(); i++) {
      if (value.get(i) != 0) {
        return false;
      }
    }
    return value != null;
  }

  /** The first tensor that all of several summaries flow into. */
  private String join(List<NodeProto> ends, String logits) {
    for (NodeProto node : graph.nodes()) {
      String out = node.getOutput(0);
      if (content.contains(out) && !tokens.has(out) && isRow(out)) {
        if (ends.stream().allMatch(end -> leadsTo(end.getOutput(0), node))) {
          return out;
        }
      }
    }
    return logits;
  }

  private boolean leadsTo(String from, NodeProto to) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(to.getInputList());
    while (!open.isEmpty()) {
      String at = open.remove();
      if (at.equals(from)) {
        return true;
      }
      NodeProto maker = graph.maker(at);
      if (maker != null && seen.add(at) && !tokens.has(at)) {
        open.addAll(maker.getInputList());
      }
    }
    return false;
  }
}
