package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One pass of shape inference with every axis of the input a number. Where a rule is missing or a
 * size depends on data, the shape of a tensor stays unknown.
 */
final class Inference {
  private final Graph graph;
  private final int opset;
  private final Map<String, long[]> shapes = new HashMap<>();
  private final Map<String, Known> values = new HashMap<>();
  private final Map<String, ElementType> types = new HashMap<>();

  Inference(Graph graph, int opset, long[] inputDims) {
    this.graph = graph;
    this.opset = opset;
    shapes.put(graph.inputName(), inputDims);
    types.put(graph.inputName(), Types.type(graph.input()));
    for (TensorProto t : graph.initializers().values()) {
      constant(t.getName(), t);
    }
    for (NodeProto node : graph.nodes()) {
      try {
        visit(node);
      } catch (ArithmeticException
          | ArrayIndexOutOfBoundsException
          | NegativeArraySizeException e) {
        // A node whose attributes contradict its inputs: the engine will say so; here it is
        // unknown.
        node.getOutputList().forEach(shapes::remove);
      }
    }
  }

  private void visit(NodeProto node) {
    if (node.getOpType().equals("Constant")) {
      TensorProto value = graph.constant(node.getOutput(0));
      if (value != null) {
        constant(node.getOutput(0), value);
      }
      return;
    }
    if (!Operators.isStandard(node.getDomain())) {
      return;
    }
    TypeRules.apply(node, this);
    ShapeRules.apply(node, this);
    Known value = ValueRules.apply(node, this);
    if (value != null) {
      values.put(node.getOutput(0), value);
      shapes.put(node.getOutput(0), value.dims());
    }
  }

  private void constant(String name, TensorProto t) {
    shapes.put(name, TensorData.dims(t));
    types.put(name, TensorData.type(t));
    Known value = Known.of(t);
    if (value != null) {
      values.put(name, value);
    }
  }

  int opset() {
    return opset;
  }

  /** The axes of a tensor; null where unknown. */
  long @Nullable [] shape(String tensor) {
    return shapes.get(tensor);
  }

  /** The axes of input {@code index} of a node; null where unknown or absent. */
  long @Nullable [] shape(NodeProto node, int index) {
    return index < node.getInputCount() ? shapes.get(node.getInput(index)) : null;
  }

  /** The values of input {@code index}; null where unknown or absent. */
  @Nullable Known value(NodeProto node, int index) {
    return index < node.getInputCount() ? values.get(node.getInput(index)) : null;
  }

  ElementType type(String tensor) {
    return types.getOrDefault(tensor, ElementType.OTHER);
  }

  ElementType type(NodeProto node, int index) {
    return index < node.getInputCount() ? type(node.getInput(index)) : ElementType.OTHER;
  }

  void put(NodeProto node, int output, long @Nullable [] dims) {
    if (dims != null && output < node.getOutputCount() && !node.getOutput(output).isEmpty()) {
      shapes.put(node.getOutput(output), dims);
    }
  }

  void put(NodeProto node, ElementType type) {
    node.getOutputList().forEach(out -> types.put(out, type));
  }

  /** Whether the node has input {@code index}; ONNX writes an absent one as an empty name. */
  static boolean has(NodeProto node, int index) {
    return index < node.getInputCount() && !node.getInput(index).isEmpty();
  }

  /** Axes given as an attribute (old) or as an input (new); null where neither is known. */
  long @Nullable [] axes(NodeProto node, String attribute, int input) {
    if (has(node, input)) {
      Known value = value(node, input);
      return value == null ? null : value.longs();
    }
    return Attributes.integers(node, attribute);
  }
}
