package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Follows patches through the graph of a vision transformer, from the feature map that is laid out
 * as a sequence on. What is joined to them and does not depend on the picture (a class token, a
 * distillation token, registers) is no patch, wherever it stands: before the positions are added
 * (timm), between the class token and the patches (DINOv2 with registers), or behind them.
 */
final class TokenLayouts {
  private static final int SEQUENCE = 3;

  private final Graph graph;
  private final TensorShapes shapes;
  private final ChannelAxes channels;
  private final Set<String> carried;
  private final Map<String, Tokens> found = new HashMap<>();

  TokenLayouts(Graph graph, TensorShapes shapes, ChannelAxes channels) {
    this.graph = graph;
    this.shapes = shapes;
    this.channels = channels;
    this.carried = Paths.forward(graph);
    if (shapes.input().size() != 4) {
      return;
    }
    for (NodeProto node : graph.nodes()) {
      if (Paths.carries(node) && Operators.isStandard(node.getDomain())) {
        follow(node);
      }
    }
  }

  /** How the tokens of {@code tensor} are laid out; null where it has none that are known. */
  @Nullable Tokens of(String tensor) {
    return found.get(tensor);
  }

  /** Whether the values of {@code tensor} depend on the picture. */
  boolean dependsOnInput(String tensor) {
    return carried.contains(tensor);
  }

  private void follow(NodeProto node) {
    if (node.getOpType().equals("Split")) {
      split(node);
      return;
    }
    String name = node.getOutput(0);
    List<Dim> out = shapes.dims(name);
    if (out != null && carried.contains(name)) {
      put(name, out, rule(node, out));
    }
  }

  private void put(String name, List<Dim> out, @Nullable Tokens tokens) {
    boolean fits =
        tokens != null
            && tokens.axis() < out.size()
            && out.get(tokens.axis()).equals(Dim.of(tokens.size()));
    if (fits && tokens != null) {
      found.put(name, tokens);
    }
  }

  private @Nullable Tokens rule(NodeProto node, List<Dim> out) {
    int rank = out.size();
    return switch (node.getOpType()) {
      case "Concat" -> {
        int axis = ShapeMath.axis(Attributes.integer(node, "axis", 0), rank);
        boolean along = rank == SEQUENCE && axis > 0 && axis != channels.of(node.getOutput(0));
        yield along ? joined(node, axis) : same(node, out);
      }
      case "Slice", "Gather" -> {
        long[] part = taken(node);
        Tokens before = of(node.getInput(0));
        if (part == null || before == null) {
          yield part == null ? null : same(node, out);
        }
        yield part.length == 2 ? before.part((int) part[0], (int) part[1]) : same(node, out);
      }
      case "Transpose" -> {
        long[] order = Attributes.integers(node, "perm");
        Tokens before = of(node.getInput(0));
        for (int i = 0; before != null && order != null && i < order.length; i++) {
          if (order[i] == before.axis()) {
            yield before.at(i);
          }
        }
        yield null;
      }
      case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> moved(node, out);
      default -> same(node, out);
    };
  }

  /** One sequence behind the other; what the picture has no part in is no patch. */
  private @Nullable Tokens joined(NodeProto node, int axis) {
    Tokens all = null;
    boolean certain = false;
    for (String in : node.getInputList()) {
      List<Dim> dims = shapes.dims(in);
      if (dims == null || dims.size() != SEQUENCE || !dims.get(axis).isFixed()) {
        return null;
      }
      int count = (int) dims.get(axis).fixed();
      Tokens known = carried.contains(in) ? of(in) : Tokens.special(axis, count);
      certain |= known != null;
      if (known == null) {
        known = new Tokens(axis, 0, 0, 0, count, 0);
      }
      all = known.axis() != axis ? null : all == null ? known : all.then(known);
      if (all == null) {
        return null;
      }
    }
    return certain ? all : null;
  }

  /**
   * Which of its tokens a Slice or a Gather takes.
   *
   * @return {first, count}; empty where it leaves the tokens alone; null where that is not known
   */
  long @Nullable [] taken(NodeProto node) {
    Tokens before = of(node.getInput(0));
    List<Dim> dims = shapes.dims(node.getInput(0));
    if (before == null || dims == null) {
      return new long[0];
    }
    return node.getOpType().equals("Slice") ? sliced(node, before, dims) : gathered(node, before);
  }

  private long @Nullable [] sliced(NodeProto node, Tokens before, List<Dim> dims) {
    long[] starts = integers(node, "starts", 1);
    long[] ends = integers(node, "ends", 2);
    if (starts == null || ends == null) {
      return null;
    }
    long[] axes = integers(node, "axes", 3);
    long[] steps = integers(node, "steps", 4);
    if ((axes == null && Inference.has(node, 3)) || (steps == null && Inference.has(node, 4))) {
      return null;
    }
    for (int i = 0; i < starts.length; i++) {
      int axis = ShapeMath.axis(axes == null ? i : axes[i], dims.size());
      long step = steps == null ? 1 : steps[i];
      if (axis == before.axis()) {
        return step == 1 ? ShapeMath.slice(before.size(), starts[i], ends[i], 1) : null;
      }
    }
    return new long[0];
  }

  private long @Nullable [] gathered(NodeProto node, Tokens before) {
    List<Dim> dims = shapes.dims(node.getInput(0));
    int rank = dims == null ? 0 : dims.size();
    if (ShapeMath.axis(Attributes.integer(node, "axis", 0), rank) != before.axis()) {
      return new long[0];
    }
    long[] index = integers(node, "indices", 1);
    if (index == null || index.length == 0) {
      return null;
    }
    long[] at = LongStream.of(index).map(i -> i < 0 ? i + before.size() : i).toArray();
    for (int i = 1; i < at.length; i++) {
      if (at[i] != at[i - 1] + 1) {
        return null;
      }
    }
    return new long[] {at[0], at.length};
  }

  private long @Nullable [] integers(NodeProto node, String attribute, int input) {
    if (!Inference.has(node, input)) {
      return Attributes.integers(node, attribute);
    }
    TensorProto constant = graph.constant(node.getInput(input));
    Known value = constant == null ? null : Known.of(constant);
    return value == null ? null : value.longs();
  }

  private void split(NodeProto node) {
    List<Dim> in = shapes.dims(node.getInput(0));
    Tokens before = of(node.getInput(0));
    if (in == null || before == null) {
      return;
    }
    int axis = ShapeMath.axis(Attributes.integer(node, "axis", 0), in.size());
    int from = 0;
    for (String name : node.getOutputList()) {
      List<Dim> out = shapes.dims(name);
      if (out == null || out.size() != in.size()) {
        return;
      }
      int count = (int) out.get(before.axis()).fixed();
      put(name, out, axis == before.axis() ? before.part(from, count) : before);
      from += count;
    }
  }

  /** A map that becomes a sequence, or a sequence whose axis is only moved. */
  private @Nullable Tokens moved(NodeProto node, List<Dim> out) {
    List<Dim> in = shapes.dims(node.getInput(0));
    if (in == null) {
      return null;
    }
    Tokens before = of(node.getInput(0));
    if (before == null) {
      return laidOut(in, out, channels.of(node.getOutput(0)));
    }
    int axis = before.axis();
    if (out.size() > axis && in.subList(0, axis + 1).equals(out.subList(0, axis + 1))) {
      return before;
    }
    int behind = in.size() - axis;
    boolean suffix =
        out.size() > behind
            && in.subList(axis, in.size()).equals(out.subList(out.size() - behind, out.size()));
    return suffix ? before.at(out.size() - behind) : null;
  }

  /** Two axes of a map, one behind the other, that become the axis of a sequence. */
  private static @Nullable Tokens laidOut(List<Dim> in, List<Dim> out, int features) {
    for (int axis = 1; axis < SEQUENCE; axis++) {
      boolean sequence = out.size() == SEQUENCE && axis != features && in.size() > axis + 1;
      if (!sequence || !in.subList(0, axis).equals(out.subList(0, axis))) {
        continue;
      }
      Dim rows = in.get(axis);
      Dim columns = in.get(axis + 1);
      boolean map = rows.isFixed() && columns.isFixed() && rows.fixed() > 1 && columns.fixed() > 1;
      if (map && out.get(axis).equals(Dim.of(rows.fixed() * columns.fixed()))) {
        int r = (int) rows.fixed();
        int c = (int) columns.fixed();
        return new Tokens(axis, r, c, 0, r * c, 0);
      }
    }
    return null;
  }

  /** Of the first input of the same rank that has as many tokens. */
  private @Nullable Tokens same(NodeProto node, List<Dim> out) {
    for (String in : node.getInputList()) {
      Tokens tokens = of(in);
      List<Dim> dims = shapes.dims(in);
      if (tokens != null && dims != null && dims.size() == out.size()) {
        return tokens;
      }
    }
    return null;
  }
}
