package dev.percept.methods.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import dev.percept.core.EngineMissingException;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class BlasTest {
  @Test
  void productsStartAtThePositionsOfTheirBuffers() {
    FloatBuffer a = direct(9, 9, 1, 2, 3, 4).position(2);
    FloatBuffer b = direct(9, 5, 6, 7, 8).position(1);
    FloatBuffer c = direct(9, 9, 9, 1, 1, 1, 1).position(3);
    Blas.multiply(false, true, 2, 2, 2, a.slice(), 2, b.slice(), 2, 0, c.slice(), 2);
    assertArrayEquals(new float[] {17, 23, 39, 53}, rest(c));
    Blas.multiply(true, false, 2, 2, 2, a, 2, b, 2, 1, c, 2);
    assertArrayEquals(new float[] {17 + 26, 23 + 30, 39 + 38, 53 + 44}, rest(c));
  }

  @Test
  void whatWouldCrashNativeCodeIsRefused() {
    FloatBuffer four = direct(1, 2, 3, 4);
    FloatBuffer heap = FloatBuffer.allocate(4);
    assertThrows(
        IllegalArgumentException.class,
        () -> Blas.multiply(false, false, 2, 2, 2, heap, 2, four, 2, 0, four, 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> Blas.multiply(false, false, 3, 2, 2, four, 2, four, 2, 0, direct(new float[6]), 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> Blas.multiply(false, false, 2, 2, 2, four, 1, four, 2, 0, four, 2));
  }

  @Test
  void aMissingLibraryIsReportedAtEveryUse() {
    NativeEngine engine =
        NativeEngine.load(
            "OpenBLAS",
            () -> {
              throw new UnsatisfiedLinkError("no jniopenblas in java.library.path");
            });
    for (int i = 0; i < 2; i++) {
      EngineMissingException e = assertThrows(EngineMissingException.class, engine::require);
      assertTrue(
          String.valueOf(e.getMessage()).contains("OpenBLAS cannot be loaded"), e.getMessage());
      assertTrue(String.valueOf(e.getMessage()).contains("no jniopenblas"), e.getMessage());
    }
  }

  @Test
  void theEnvironmentOfNativeCodeCanBeSet() {
    assertTrue(NativeThreads.settle());
    assertTrue(NativeThreads.setEnvironment("PERCEPT_TEST_VARIABLE", "asleep"));
    assertEquals("asleep", environment("PERCEPT_TEST_VARIABLE"));
    assertEquals("", environment("PERCEPT_TEST_NOTHING"));
  }

  private static String environment(String name) {
    Function get = NativeLibrary.getInstance(Platform.C_LIBRARY_NAME).getFunction("getenv");
    String value = get.invokeString(new Object[] {name}, false);
    return value == null ? "" : value;
  }

  private static FloatBuffer direct(float... values) {
    return Tensor.allocateDirect(values.length).put(values).flip();
  }

  private static float[] rest(FloatBuffer buffer) {
    float[] values = new float[buffer.remaining()];
    buffer.duplicate().get(values);
    return values;
  }
}
