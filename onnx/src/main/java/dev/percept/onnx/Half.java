package dev.percept.onnx;

import com.google.protobuf.UnsafeByteOperations;
import dev.percept.core.HalfFloat;
import dev.percept.core.Tensor;
import dev.percept.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * IEEE 754 half precision: weights in half the space, with 11 significant bits. Values below 6e-8
 * in size become 0; those above 65,504 do not fit.
 */
public final class Half {
  private static final float LARGEST = 65504;

  private Half() {}

  /** The nearest half-precision number to each value, as float32; the shape stays. */
  public static Tensor round(Tensor values) {
    float[] rounded = values.toArray();
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = value(bits(rounded[i]));
    }
    return Tensor.wrap(values.shape(), rounded);
  }

  /**
   * A tensor that holds {@code values}, rounded, in two bytes each.
   *
   * @throws IllegalArgumentException if a value is above 65,504 in size or not a number
   */
  public static TensorProto of(String name, Tensor values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.shape().size(), Short.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values.toArray()) {
      bytes.putShort(bits(value));
    }
    TensorProto.Builder t =
        TensorProto.newBuilder().setName(name).setDataType(ElementType.FLOAT16.code());
    for (int dim : values.shape().toArray()) {
      t.addDims(dim);
    }
    return t.setRawData(UnsafeByteOperations.unsafeWrap(bytes.flip())).build();
  }

  /** The bits of the nearest half-precision number, of two equally near the even one. */
  static short bits(float value) {
    float size = Math.abs(value);
    if (!(size <= LARGEST)) {
      throw new IllegalArgumentException(
          "half precision: at most " + LARGEST + " in size, found " + value);
    }
    int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
    // The distance between neighbours; below the normal numbers it stays the same.
    int exponent = Math.max(-14, Math.getExponent(size));
    int steps = (int) Math.rint(Math.scalb((double) size, 10 - exponent));
    // A fraction that is rounded up to the next power of two carries into the exponent by itself.
    return (short) (sign | (steps + ((exponent + 14) << 10)));
  }

  /** The float32 value of {@code bits}. */
  static float value(short bits) {
    return HalfFloat.value(bits);
  }
}
