package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;

/** Which type of element each operator makes. */
final class TypeRules {
  private TypeRules() {}

  static void apply(NodeProto node, Inference in) {
    ElementType type =
        switch (node.getOpType()) {
          case "Shape", "Size", "ArgMax", "ArgMin", "NonZero" -> ElementType.INT64;
          case "Equal",
              "Less",
              "LessOrEqual",
              "Greater",
              "GreaterOrEqual",
              "And",
              "Or",
              "Xor",
              "Not",
              "IsNaN",
              "IsInf" ->
              ElementType.BOOL;
          case "Cast" -> ElementType.of((int) Attributes.integer(node, "to", 1));
          case "CastLike", "Where" -> in.type(node, 1);
          case "ConstantOfShape" -> {
            TensorProto value = Attributes.tensor(node, "value");
            yield value == null ? ElementType.FLOAT : TensorData.type(value);
          }
          case "OneHot" -> in.type(node, 2);
          case "QuantizeLinear" -> in.type(node, 2);
          case "DequantizeLinear" -> in.type(node, 1);
          default -> in.type(node, 0);
        };
    in.put(node, type);
  }
}
