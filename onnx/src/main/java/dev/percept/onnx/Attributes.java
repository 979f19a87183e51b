package dev.percept.onnx;

import com.google.protobuf.ByteString;
import dev.percept.onnx.proto.AttributeProto;
import dev.percept.onnx.proto.AttributeProto.AttributeType;
import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and makes the attributes of nodes. */
public final class Attributes {
  private Attributes() {}

  /** The attribute {@code name} of {@code node}; null if it has none. */
  public static @Nullable AttributeProto find(NodeProto node, String name) {
    for (AttributeProto a : node.getAttributeList()) {
      if (a.getName().equals(name)) {
        return a;
      }
    }
    return null;
  }

  /** Whether {@code node} has the attribute {@code name}. */
  public static boolean has(NodeProto node, String name) {
    return find(node, name) != null;
  }

  /** An integer attribute, or {@code absent} where the node has none. */
  public static long integer(NodeProto node, String name, long absent) {
    AttributeProto a = find(node, name);
    return a == null ? absent : a.getI();
  }

  /** A number, or {@code absent} where the node has none. */
  public static float number(NodeProto node, String name, float absent) {
    AttributeProto a = find(node, name);
    return a == null ? absent : a.getF();
  }

  /** A text, or {@code absent} where the node has none. */
  public static String text(NodeProto node, String name, String absent) {
    AttributeProto a = find(node, name);
    return a == null ? absent : a.getS().toStringUtf8();
  }

  /** Integers as a new array; null where the node has none. */
  public static long @Nullable [] integers(NodeProto node, String name) {
    AttributeProto a = find(node, name);
    return a == null ? null : a.getIntsList().stream().mapToLong(Long::longValue).toArray();
  }

  /** A tensor; null where the node has none. */
  public static @Nullable TensorProto tensor(NodeProto node, String name) {
    AttributeProto a = find(node, name);
    return a == null || !a.hasT() ? null : a.getT();
  }

  /**
   * Makes an attribute.
   *
   * @param value a {@code Long} or {@code Integer}, {@code Float}, {@code String}, {@code long[]},
   *     a {@code List<Float>} or a {@link TensorProto}
   * @throws IllegalArgumentException for a value of another type
   */
  public static AttributeProto of(String name, Object value) {
    AttributeProto.Builder a = AttributeProto.newBuilder().setName(name);
    if (value instanceof Long || value instanceof Integer) {
      a.setType(AttributeType.INT).setI(((Number) value).longValue());
    } else if (value instanceof Float f) {
      a.setType(AttributeType.FLOAT).setF(f);
    } else if (value instanceof String s) {
      a.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(s));
    } else if (value instanceof long[] ints) {
      a.setType(AttributeType.INTS);
      for (long i : ints) {
        a.addInts(i);
      }
    } else if (value instanceof List<?> list) {
      a.setType(AttributeType.FLOATS);
      for (Object f : list) {
        a.addFloats(((Number) f).floatValue());
      }
    } else if (value instanceof TensorProto t) {
      a.setType(AttributeType.TENSOR).setT(t);
    } else {
      throw new IllegalArgumentException(
          "attribute "
              + name
              + ": a whole number, a float, a text, integers, floats or a tensor, found "
              + value.getClass().getSimpleName());
    }
    return a.build();
  }
}
