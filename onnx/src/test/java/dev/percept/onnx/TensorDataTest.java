package dev.percept.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.percept.core.HalfFloat;
import dev.percept.onnx.proto.TensorProto;
import org.junit.jupiter.api.Test;

class TensorDataTest {
  private static TensorProto raw(ElementType type, int count, int... bytes) {
    byte[] b = new byte[bytes.length];
    for (int i = 0; i < b.length; i++) {
      b[i] = (byte) bytes[i];
    }
    return TensorProto.newBuilder()
        .setName("t")
        .setDataType(type.code())
        .addDims(count)
        .setRawData(ByteString.copyFrom(b))
        .build();
  }

  @Test
  void readsHalfPrecision() {
    // Bit patterns of IEEE 754-2008 binary16: 1, -2, largest, smallest subnormal, 0, infinity.
    int[] bits = {0x3c00, 0xc000, 0x7bff, 0x0001, 0x0000, 0x7c00};
    float[] values = {1, -2, 65504, 0x1p-24f, 0, Float.POSITIVE_INFINITY};
    for (int i = 0; i < bits.length; i++) {
      assertEquals(values[i], HalfFloat.value((short) bits[i]));
    }
    assertTrue(Float.isNaN(HalfFloat.value((short) 0x7e00)));
    assertArrayEquals(
        new float[] {1, -2},
        TensorData.floats(raw(ElementType.FLOAT16, 2, 0x00, 0x3c, 0x00, 0xc0)));
    TensorProto typed =
        TensorProto.newBuilder().setDataType(10).addDims(1).addInt32Data(0x3c00).build();
    assertArrayEquals(new float[] {1}, TensorData.floats(typed));
  }

  @Test
  void readsOtherTypes() {
    assertArrayEquals(
        new float[] {1.5f}, TensorData.floats(raw(ElementType.BFLOAT16, 1, 0xc0, 0x3f)));
    assertArrayEquals(
        new float[] {1},
        TensorData.floats(raw(ElementType.DOUBLE, 1, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f)));
    assertArrayEquals(
        new long[] {-1}, TensorData.longs(raw(ElementType.INT32, 1, 255, 255, 255, 255)));
    assertArrayEquals(new long[] {255, 1}, TensorData.longs(raw(ElementType.UINT8, 2, 255, 1)));
    assertArrayEquals(new long[] {-1}, TensorData.longs(raw(ElementType.INT8, 1, 255)));
    assertArrayEquals(new long[] {3, 4}, TensorData.longs(TensorData.of("s", 3, 4)));
    TensorProto typed =
        TensorProto.newBuilder().setDataType(7).addDims(2).addInt64Data(5).addInt64Data(6).build();
    assertArrayEquals(new long[] {5, 6}, TensorData.longs(typed));
  }

  @Test
  void refusesTheWrongNumberOrType() {
    assertThrows(
        IllegalArgumentException.class, () -> TensorData.longs(raw(ElementType.INT32, 2, 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> TensorData.longs(raw(ElementType.FLOAT, 1, 0, 0, 0, 0)));
    assertThrows(
        IllegalArgumentException.class,
        () -> TensorData.floats(raw(ElementType.INT32, 1, 0, 0, 0, 0)));
    TensorProto negative = TensorProto.newBuilder().setDataType(1).addDims(-1).build();
    assertThrows(IllegalArgumentException.class, () -> TensorData.count(negative));
    TensorProto huge =
        TensorProto.newBuilder().addDims(Long.MAX_VALUE).addDims(Long.MAX_VALUE).build();
    assertThrows(IllegalArgumentException.class, () -> TensorData.count(huge));
  }

  @Test
  void knowsSigns() {
    assertTrue(TensorData.isNonNegative(TensorData.of("t", Tensors.all(0, 3))));
    assertFalse(TensorData.isNonNegative(TensorData.of("t", Tensors.signed(3))));
    assertFalse(TensorData.isNonNegative(TensorData.of("t", Tensors.all(Float.NaN, 1))));
    assertTrue(TensorData.isNonNegative(raw(ElementType.FLOAT16, 1, 0x00, 0x3c)));
    assertTrue(TensorData.isNonNegative(TensorData.of("t", 0, 4)));
    assertFalse(TensorData.isNonNegative(TensorData.of("t", 0, -4)));
  }
}
