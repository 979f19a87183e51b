package dev.percept.onnx;

import dev.percept.onnx.proto.TensorShapeProto;
import dev.percept.onnx.proto.TensorShapeProto.Dimension;
import dev.percept.onnx.proto.TypeProto;
import dev.percept.onnx.proto.ValueInfoProto;
import org.jspecify.annotations.Nullable;

/** Makes and reads the declared types of inputs and outputs. */
final class Types {
  private Types() {}

  /**
   * A tensor's declaration.
   *
   * @param dims its axes, negative where not fixed (the first is then called {@code N}, the second
   *     {@code D1} and so on); none at all where even their number is left open
   */
  static ValueInfoProto info(String name, ElementType type, int... dims) {
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.code());
    if (dims.length > 0) {
      TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
      for (int axis = 0; axis < dims.length; axis++) {
        shape.addDim(
            dims[axis] < 0
                ? Dimension.newBuilder().setDimParam(axis == 0 ? "N" : "D" + axis)
                : Dimension.newBuilder().setDimValue(dims[axis]));
      }
      tensor.setShape(shape);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** A float32 matrix with {@code rows} (a name) open and {@code columns} fixed. */
  static ValueInfoProto matrix(String name, String rows, int columns) {
    ValueInfoProto.Builder info = info(name, ElementType.FLOAT, 1, columns).toBuilder();
    info.getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .setDim(0, Dimension.newBuilder().setDimParam(rows));
    return info.build();
  }

  /** The declared axes, -1 where not fixed; null where not declared. */
  static long @Nullable [] dims(ValueInfoProto info) {
    TypeProto.Tensor tensor = info.getType().getTensorType();
    if (!tensor.hasShape()) {
      return null;
    }
    return tensor.getShape().getDimList().stream()
        // Some exporters write 0 for an axis that is not fixed.
        .mapToLong(d -> d.getDimValue() > 0 ? d.getDimValue() : -1)
        .toArray();
  }

  static ElementType type(ValueInfoProto info) {
    return ElementType.of(info.getType().getTensorType().getElemType());
  }
}
