package dev.percept.onnx;

import dev.percept.core.PerceptException;
import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The longest text that a model takes: as many tokens as it has positions. */
final class TextLengths {
  /** Where the file says nothing. */
  private static final int USUAL = 512;

  private final Graph graph;
  private final TextInputs texts;
  private final Inference shapes;
  private final Map<String, List<Dim>> dims;
  private long longest = Long.MAX_VALUE;

  private TextLengths(
      Graph graph, TextInputs texts, Inference shapes, Map<String, List<Dim>> dims) {
    this.graph = graph;
    this.dims = dims;
    this.texts = texts;
    this.shapes = shapes;
    Set<String> words = new HashSet<>();
    texts.inputs().stream()
        .filter(i -> i.role() != TextInputs.Role.POSITIONS)
        .forEach(i -> words.add(i.name()));
    for (NodeProto node : graph.nodes()) {
      if (node.getInputCount() > 0
          && Graph.HANDS_ON.contains(node.getOpType())
          && words.contains(node.getInput(0))) {
        words.add(node.getOutput(0));
      }
      if (node.getOpType().equals("Gather") && !words.contains(node.getInput(1))) {
        table(node);
      } else if (node.getOpType().equals("Slice")) {
        slice(node);
      }
    }
  }

  /** A table of positions; its rows are looked up by what is counted. */
  private void table(NodeProto node) {
    TensorProto table = graph.constant(node.getInput(0));
    if (table == null || TensorData.dims(table).length != 2) {
      return;
    }
    long[] index = shapes.shape(node, 1);
    if (!TensorData.type(table).isFloating() || index == null || index.length == 0) {
      return;
    }
    long length = index[index.length - 1];
    Known places = shapes.value(node, 1);
    long first = texts.padding() + 1;
    if (places != null && places.size() > 0) {
      double last = 0;
      for (int i = 0; i < places.size(); i++) {
        last = Math.max(last, places.get(i));
      }
      first = (long) last + 1 - length;
    } else if (texts.of(TextInputs.Role.POSITIONS) != null) {
      first = texts.firstPosition();
    }
    if (length > 1) {
      longest = Math.min(longest, TensorData.dims(table)[0] - first);
    }
  }

  /** A table of positions, or of their numbers, of which the front is taken. */
  private void slice(NodeProto node) {
    TensorProto table = graph.constant(node.getInput(0));
    long[] in = shapes.shape(node, 0);
    List<Dim> out = dims.get(node.getOutput(0));
    if (table == null || in == null || out == null || in.length > 3) {
      return;
    }
    for (int axis = 0; axis < in.length; axis++) {
      if (out.get(axis).countsTokens()) {
        longest = Math.min(longest, in[axis]);
      }
    }
  }

  /**
   * The number of tokens.
   *
   * @throws PerceptException if more are asked for than the model takes
   */
  static int longest(
      OnnxModel model,
      TextInputs texts,
      Inference shapes,
      Map<String, List<Dim>> dims,
      CutOptions options) {
    long fixed = texts.tokens();
    long most = fixed > 0 ? fixed : new TextLengths(model.graph(), texts, shapes, dims).longest;
    if (options.maxTokens() > 0 && most < Long.MAX_VALUE && options.maxTokens() > most) {
      throw new PerceptException(
          model.name()
              + " takes texts of "
              + most
              + " tokens at most, asked for are "
              + options.maxTokens()
              + "; ask for fewer, or leave the number out");
    }
    if (fixed == 0 && options.maxTokens() > 0) {
      return options.maxTokens();
    }
    return (int) (most == Long.MAX_VALUE ? USUAL : Math.max(1, most));
  }
}
