package dev.percept.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.percept.core.HalfFloat;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Makes the tensors of a model file and reads their values, however they are stored. */
public final class TensorData {
  private TensorData() {}

  /** A float32 tensor with a copy of {@code values}. */
  public static TensorProto of(String name, Tensor values) {
    int[] dims = values.shape().toArray();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.shape().size(), Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values.buffer());
    TensorProto.Builder t = header(name, ElementType.FLOAT);
    for (int d : dims) {
      t.addDims(d);
    }
    return t.setRawData(UnsafeByteOperations.unsafeWrap(bytes)).build();
  }

  /** A vector of int64. */
  public static TensorProto of(String name, long... values) {
    return integers(name, values).addDims(values.length).build();
  }

  /** One int64 without axes. */
  public static TensorProto scalar(String name, long value) {
    return integers(name, value).build();
  }

  /** One float32 without axes. */
  public static TensorProto scalar(String name, float value) {
    return of(name, Tensor.of(Shape.of(), value));
  }

  private static TensorProto.Builder integers(String name, long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return header(name, ElementType.INT64).setRawData(UnsafeByteOperations.unsafeWrap(bytes));
  }

  private static TensorProto.Builder header(String name, ElementType type) {
    return TensorProto.newBuilder().setName(name).setDataType(type.code());
  }

  /** The type of the elements of {@code t}. */
  public static ElementType type(TensorProto t) {
    return ElementType.of(t.getDataType());
  }

  /** The axes of {@code t} as a new array. */
  public static long[] dims(TensorProto t) {
    return t.getDimsList().stream().mapToLong(Long::longValue).toArray();
  }

  /** Whether the values lie in a file of their own. */
  public static boolean isExternal(TensorProto t) {
    return t.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }

  /**
   * The number of values that the axes promise.
   *
   * @throws IllegalArgumentException if an axis is negative or there are more than 2^63
   */
  public static long count(TensorProto t) {
    long n = 1;
    for (long d : t.getDimsList()) {
      if (d < 0) {
        throw new IllegalArgumentException("tensor " + t.getName() + ": an axis of size " + d);
      }
      try {
        n = Math.multiplyExact(n, d);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException("tensor " + t.getName() + ": too many values", e);
      }
    }
    return n;
  }

  /**
   * The values of an integer (or bool) tensor as a new array.
   *
   * @throws IllegalArgumentException if the values are not integers, lie in another file or are not
   *     as many as the axes promise
   */
  public static long[] longs(TensorProto t) {
    long[] out = new long[size(t)];
    if (t.hasRawData()) {
      ByteBuffer raw = raw(t.getRawData());
      for (int i = 0; i < out.length; i++) {
        out[i] =
            switch (type(t)) {
              case INT64, UINT64 -> raw.getLong();
              case INT32 -> raw.getInt();
              case UINT32 -> Integer.toUnsignedLong(raw.getInt());
              case INT16 -> raw.getShort();
              case UINT16 -> Short.toUnsignedLong(raw.getShort());
              case INT8 -> raw.get();
              case UINT8, BOOL -> raw.get() & 0xff;
              default -> throw unexpected(t, "integers");
            };
      }
      return out;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] =
          switch (type(t)) {
            case INT64 -> t.getInt64Data(i);
            case UINT64, UINT32 -> t.getUint64Data(i);
            case INT32, INT16, UINT16, INT8, UINT8, BOOL -> t.getInt32Data(i);
            default -> throw unexpected(t, "integers");
          };
    }
    return out;
  }

  /**
   * The values of a floating-point tensor (float16, bfloat16, float32, float64) as float32.
   *
   * @throws IllegalArgumentException if the values are of another type, lie in another file or are
   *     not as many as the axes promise
   */
  public static float[] floats(TensorProto t) {
    float[] out = new float[size(t)];
    if (t.hasRawData()) {
      ByteBuffer raw = raw(t.getRawData());
      if (type(t) == ElementType.FLOAT) {
        FloatBuffer values = raw.asFloatBuffer();
        values.get(out);
        return out;
      }
      for (int i = 0; i < out.length; i++) {
        out[i] =
            switch (type(t)) {
              case DOUBLE -> (float) raw.getDouble();
              case FLOAT16 -> HalfFloat.value(raw.getShort());
              case BFLOAT16 -> Float.intBitsToFloat(raw.getShort() << 16);
              default -> throw unexpected(t, "floats");
            };
      }
      return out;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] =
          switch (type(t)) {
            case FLOAT -> t.getFloatData(i);
            case DOUBLE -> (float) t.getDoubleData(i);
            case FLOAT16 -> HalfFloat.value((short) t.getInt32Data(i));
            case BFLOAT16 -> Float.intBitsToFloat(t.getInt32Data(i) << 16);
            default -> throw unexpected(t, "floats");
          };
    }
    return out;
  }

  /** Whether every value is known and none is negative; large float32 weights are not copied. */
  static boolean isNonNegative(TensorProto t) {
    if (isExternal(t) || stored(t) != count(t)) {
      return false;
    }
    if (type(t) == ElementType.FLOAT && t.hasRawData()) {
      FloatBuffer values = raw(t.getRawData()).asFloatBuffer();
      while (values.hasRemaining()) {
        if (!(values.get() >= 0)) {
          return false;
        }
      }
      return true;
    }
    if (type(t).isFloating()) {
      for (float v : floats(t)) {
        if (!(v >= 0)) {
          return false;
        }
      }
      return true;
    }
    return switch (type(t)) {
      case STRING, COMPLEX64, COMPLEX128, OTHER -> false;
      default -> Arrays.stream(longs(t)).allMatch(v -> v >= 0);
    };
  }

  /** How many values are stored in the message itself, whatever the axes say. */
  static long stored(TensorProto t) {
    if (t.hasRawData()) {
      int bytes = type(t).bytes();
      int size = t.getRawData().size();
      return bytes == 0 || size % bytes != 0 ? -1 : size / bytes;
    }
    return switch (type(t)) {
      case FLOAT -> t.getFloatDataCount();
      case DOUBLE -> t.getDoubleDataCount();
      case INT64 -> t.getInt64DataCount();
      case UINT64, UINT32 -> t.getUint64DataCount();
      case STRING -> t.getStringDataCount();
      case COMPLEX64 -> t.getFloatDataCount() / 2;
      case COMPLEX128 -> t.getDoubleDataCount() / 2;
      default -> t.getInt32DataCount();
    };
  }

  private static int size(TensorProto t) {
    if (isExternal(t)) {
      throw new IllegalArgumentException("tensor " + t.getName() + ": its values lie in a file");
    }
    long count = count(t);
    if (stored(t) != count || count > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "tensor " + t.getName() + ": expected " + count + " values, found " + stored(t));
    }
    return (int) count;
  }

  /** The values of a tensor in the message, as a file would hold them. */
  static ByteString inline(TensorProto t) {
    if (t.hasRawData()) {
      return t.getRawData();
    }
    if (type(t) == ElementType.INT64) {
      long[] values = longs(t);
      return integers("", values).build().getRawData();
    }
    return of("", Tensor.wrap(Shape.of(size(t)), floats(t))).getRawData();
  }

  static ByteBuffer raw(ByteString bytes) {
    // slice() matters: a view at an offset would be read from the start of its backing buffer.
    return bytes.asReadOnlyByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static IllegalArgumentException unexpected(TensorProto t, String wanted) {
    return new IllegalArgumentException(
        "tensor " + t.getName() + ": expected " + wanted + ", found " + type(t));
  }
}
