package dev.percept.onnx;

import dev.percept.onnx.proto.GraphProto;
import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import dev.percept.onnx.proto.ValueInfoProto;
import java.util.List;
import java.util.Map;

/** Puts a sub-graph together: copied nodes, and the nodes that fit them to their new ends. */
final class Pieces {
  private static final int AXES_ARE_AN_INPUT = 18;
  private static final int SLICES_ARE_INPUTS = 10;

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final int opset;
  private String batchSource = "";

  Pieces(int opset) {
    this.opset = opset;
  }

  GraphProto.Builder graph() {
    return graph;
  }

  void input(String name, int... dims) {
    graph.addInput(Types.info(name, ElementType.FLOAT, dims));
  }

  void input(ValueInfoProto info) {
    graph.addInput(info);
  }

  /** An output of whatever type and shape the engine finds. */
  void output(String name) {
    graph.addOutput(ValueInfoProto.newBuilder().setName(name));
  }

  void initializer(TensorProto tensor) {
    graph.addInitializer(tensor);
  }

  void copy(NodeProto node) {
    graph.addNode(node);
  }

  void node(String type, String output, Map<String, Object> attributes, String... inputs) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(type).setName(output).addOutput(output);
    for (String in : inputs) {
      node.addInput(in);
    }
    attributes.forEach((k, v) -> node.addAttribute(Attributes.of(k, v)));
    graph.addNode(node);
  }

  void reshape(String from, String to, long... shape) {
    graph.addInitializer(TensorData.of(to + ".shape", shape));
    node("Reshape", to, Map.of(), from, to + ".shape");
  }

  /** Moves the axis of the features to the end, unless it is there. */
  String channelsToEnd(String tensor, int rank, int axis) {
    if (axis == rank - 1) {
      return tensor;
    }
    long[] order = new long[rank];
    int next = 0;
    for (int i = 0; i < rank; i++) {
      if (i != axis) {
        order[next++] = i;
      }
    }
    order[rank - 1] = axis;
    node("Transpose", "percept.channelsToEnd", Map.of("perm", order), tensor);
    return "percept.channelsToEnd";
  }

  /** Moves the features from the end to their axis. */
  String channelsBack(String tensor, int rank, int axis) {
    if (axis == rank - 1) {
      return tensor;
    }
    long[] order = new long[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = i < axis ? i : i == axis ? rank - 1 : i - 1;
    }
    node("Transpose", "percept.channelsBack", Map.of("perm", order), tensor);
    return "percept.channelsBack";
  }

  String castToFloat(String tensor, ElementType type) {
    if (!type.isFloating() || type == ElementType.FLOAT) {
      return tensor;
    }
    String name = tensor + ".percept.float32";
    node("Cast", name, Map.of("to", ElementType.FLOAT.code()), tensor);
    return name;
  }

  /** Names the float32 {@code from} {@code to}, as a tensor of {@code type}. */
  void castTo(String from, String to, ElementType type) {
    if (type == ElementType.FLOAT || type == ElementType.OTHER) {
      node("Identity", to, Map.of(), from);
    } else {
      node("Cast", to, Map.of("to", type.code()), from);
    }
  }

  void meanOfAxis1(String from, String to) {
    if (opset < AXES_ARE_AN_INPUT) {
      node("ReduceMean", to, Map.of("keepdims", 0, "axes", new long[] {1}), from);
    } else {
      graph.addInitializer(TensorData.of(to + ".axes", 1));
      node("ReduceMean", to, Map.of("keepdims", 0), from, to + ".axes");
    }
  }

  /** Entries {@code start} to {@code end}, exclusive, of axis 1. */
  void rangeOfAxis1(String from, String to, int start, int end) {
    if (opset < SLICES_ARE_INPUTS) {
      node(
          "Slice",
          to,
          Map.of("axes", new long[] {1}, "starts", new long[] {start}, "ends", new long[] {end}),
          from);
      return;
    }
    graph.addInitializer(TensorData.of(to + ".start", start));
    graph.addInitializer(TensorData.of(to + ".end", end));
    graph.addInitializer(TensorData.of(to + ".axis", 1));
    node("Slice", to, Map.of(), from, to + ".start", to + ".end", to + ".axis");
  }

  /** Says whose first axis is the batch, for {@link #sizes}. */
  void batchOf(String tensor) {
    batchSource = tensor;
  }

  /** Makes the int64 tensor {@code to} of sizes that may depend on the batch. */
  void sizes(String to, List<Dim> dims) {
    long[] fixed = dims.stream().mapToLong(Dim::fixed).toArray();
    long[] each = dims.stream().mapToLong(Dim::perInput).toArray();
    if (dims.stream().allMatch(Dim::isFixed)) {
      graph.addInitializer(TensorData.of(to, fixed));
      return;
    }
    String p = to + ".percept";
    graph.addInitializer(TensorData.of(p + ".zero", 0));
    graph.addInitializer(TensorData.of(p + ".each", each));
    graph.addInitializer(TensorData.of(p + ".fixed", fixed));
    node("Shape", p + ".shape", Map.of(), batchSource);
    node("Gather", p + ".n", Map.of("axis", 0), p + ".shape", p + ".zero");
    node("Mul", p + ".scaled", Map.of(), p + ".n", p + ".each");
    node("Add", to, Map.of(), p + ".scaled", p + ".fixed");
  }
}
