package dev.percept.benchmarks;

import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** The inputs that two engines are given, and their answers, to see that they run one network. */
final class Probe {
  private Probe() {}

  /** {@code size} standard normal values, the same on every call. */
  static FloatBuffer inputs(int size) {
    FloatBuffer values = Tensor.allocateDirect(size);
    RandomGenerator random = Run.of(0).random("benchmarks.probe");
    while (values.hasRemaining()) {
      values.put((float) random.nextGaussian());
    }
    return values.flip();
  }

  static void write(Path file, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }

  /**
   * The largest difference between two written answers, relative to the largest value.
   *
   * @throws IOException if they differ in length or hold what is not finite
   */
  static double difference(Path a, Path b) throws IOException {
    FloatBuffer x = read(a);
    FloatBuffer y = read(b);
    if (x.remaining() != y.remaining()) {
      throw new IOException("answers of different length: " + x + ", " + y);
    }
    double diff = 0;
    double largest = 0;
    while (x.hasRemaining()) {
      double u = x.get();
      double v = y.get();
      if (!Double.isFinite(u) || !Double.isFinite(v)) {
        throw new IOException("an answer that is not finite: " + u + ", " + v);
      }
      diff = Math.max(diff, Math.abs(u - v));
      largest = Math.max(largest, Math.abs(u));
    }
    return diff / largest;
  }

  private static FloatBuffer read(Path file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
