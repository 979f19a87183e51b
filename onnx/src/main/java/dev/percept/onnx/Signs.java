package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds the tensors whose values cannot be negative, by construction: whatever the input. Errs to
 * one side only, so SiLU, GELU and HardSwish, which dip below zero, are never among them.
 */
final class Signs {
  private final Graph graph;
  private final Set<String> nonNegative = new HashSet<>();
  private final Map<String, Boolean> constants = new HashMap<>();

  Signs(Graph graph) {
    this.graph = graph;
    for (NodeProto node : graph.nodes()) {
      if (Operators.isStandard(node.getDomain()) && rule(node)) {
        nonNegative.add(node.getOutput(0));
      }
    }
  }

  /** Whether no value of {@code tensor} can be negative. */
  boolean isNonNegative(String tensor) {
    if (nonNegative.contains(tensor)) {
      return true;
    }
    return constants.computeIfAbsent(tensor, this::constant);
  }

  private boolean constant(String tensor) {
    TensorProto t = graph.constant(tensor);
    return t != null && TensorData.isNonNegative(t);
  }

  private boolean rule(NodeProto node) {
    return switch (node.getOpType()) {
      case "Relu",
          "Sigmoid",
          "HardSigmoid",
          "Softmax",
          "Hardmax",
          "Softplus",
          "Exp",
          "Abs",
          "Sqrt",
          "ReduceL1",
          "ReduceL2",
          "ReduceSumSquare",
          "Shape",
          "Size" ->
          true;
      case "ThresholdedRelu" -> Attributes.number(node, "alpha", 1) >= 0;
      case "Clip" -> clip(node);
      case "Max" -> node.getInputList().stream().anyMatch(this::isNonNegative);
      case "Min", "Sum", "Mean", "Concat", "Div", "Add" ->
          node.getInputList().stream().allMatch(this::isNonNegative);
      case "Mul" ->
          // A square is one whatever its sign.
          (node.getInputCount() == 2 && node.getInput(0).equals(node.getInput(1)))
              || node.getInputList().stream().allMatch(this::isNonNegative);
      case "Pow" -> input(node, 0) || evenPower(node);
      case "MatMul", "Conv", "ConvTranspose", "Gemm", "PRelu" -> linear(node);
      case "Where" -> input(node, 1) && input(node, 2);
      case "Pad" -> pad(node);
      case "Resize", "Upsample" ->
          // Cubic interpolation overshoots.
          input(node, 0) && !Attributes.text(node, "mode", "nearest").equals("cubic");
      case "MaxPool",
          "AveragePool",
          "LpPool",
          "GlobalAveragePool",
          "GlobalMaxPool",
          "GlobalLpPool",
          "ReduceMean",
          "ReduceMax",
          "ReduceMin",
          "ReduceSum",
          "ReduceProd",
          "LeakyRelu",
          "Elu",
          "Celu",
          "HardSwish",
          "Identity",
          "Dropout",
          "Cast",
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Transpose",
          "Slice",
          "Gather",
          "GatherElements",
          "GatherND",
          "Expand",
          "Tile",
          "DepthToSpace",
          "SpaceToDepth",
          "Floor",
          "Ceil",
          "Round",
          "Reciprocal",
          "CumSum" ->
          input(node, 0);
      case "LRN" ->
          input(node, 0)
              && Attributes.number(node, "alpha", 0) >= 0
              && Attributes.number(node, "bias", 1) > 0;
      default -> false;
    };
  }

  private boolean input(NodeProto node, int index) {
    return Inference.has(node, index) && isNonNegative(node.getInput(index));
  }

  private boolean clip(NodeProto node) {
    if (Inference.has(node, 1)) {
      return input(node, 1) || input(node, 0);
    }
    return Attributes.number(node, "min", -1) >= 0 || input(node, 0);
  }

  private boolean evenPower(NodeProto node) {
    TensorProto exponent = Inference.has(node, 1) ? graph.constant(node.getInput(1)) : null;
    Known value = exponent == null ? null : Known.of(exponent);
    return value != null && value.size() == 1 && value.get(0) % 2 == 0;
  }

  /** Sums of products of values that are not negative. */
  private boolean linear(NodeProto node) {
    return node.getInputList().stream().filter(i -> !i.isEmpty()).allMatch(this::isNonNegative)
        && Attributes.number(node, "alpha", 1) >= 0
        && Attributes.number(node, "beta", 1) >= 0;
  }

  private boolean pad(NodeProto node) {
    boolean constant = Attributes.text(node, "mode", "constant").equals("constant");
    boolean filled =
        Inference.has(node, 2) ? input(node, 2) : Attributes.number(node, "value", 0) >= 0;
    return input(node, 0) && (!constant || filled);
  }
}
