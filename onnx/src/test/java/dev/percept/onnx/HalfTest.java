package dev.percept.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.proto.TensorProto;
import org.junit.jupiter.api.Test;

class HalfTest {
  @Test
  void everyHalfPrecisionNumberIsItsOwnNearest() {
    for (int bits = 0; bits < 0x10000; bits++) {
      if ((bits >> 10 & 0x1f) != 31) { // Infinities and NaN.
        assertEquals((short) bits, Half.bits(Half.value((short) bits)));
      }
    }
  }

  @Test
  void knownPatterns() {
    assertEquals(0x3c00, Half.bits(1));
    assertEquals((short) 0xc000, Half.bits(-2));
    assertEquals(0x7bff, Half.bits(65504));
    assertEquals(0x0001, Half.bits(0x1p-24f), "the smallest");
    assertEquals(0x3555, Half.bits(1 / 3f));
  }

  @Test
  void roundsToTheNearestAndTiesToEven() {
    float ulp = 0x1p-10f;
    assertEquals(1, Half.value(Half.bits(1 + 0.49f * ulp)));
    assertEquals(1 + ulp, Half.value(Half.bits(1 + 0.51f * ulp)));
    assertEquals(1, Half.value(Half.bits(1 + 0.5f * ulp)));
    assertEquals(1 + 2 * ulp, Half.value(Half.bits(1 + 1.5f * ulp)));
    assertEquals(2, Half.value(Half.bits(2 - 0.1f * ulp)), "carries into the exponent");
    assertEquals(0, Half.value(Half.bits(0x1p-26f)));
  }

  @Test
  void tensorsKeepShapeAndValues() {
    Tensor values = Tensor.of(Shape.of(2, 3), 0, 1, -0.1f, 3.14159f, -1000.3f, 1e-5f);
    TensorProto t = Half.of("w", values);
    assertEquals(12, t.getRawData().size());
    assertArrayEquals(new long[] {2, 3}, TensorData.dims(t));
    assertEquals(ElementType.FLOAT16, TensorData.type(t));
    assertArrayEquals(Half.round(values).toArray(), TensorData.floats(t));
    // 11 significant bits: a relative error of at most 2^-11.
    assertEquals(3.14159f, TensorData.floats(t)[3], 3.14159f / 2048);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Half.bits(65520));
    assertThrows(IllegalArgumentException.class, () -> Half.bits(Float.NaN));
    assertThrows(IllegalArgumentException.class, () -> Half.bits(Float.NEGATIVE_INFINITY));
  }
}
