package dev.percept.benchmarks;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Non-negative data with a known structure: {@code A = max(0, U W + noise)}, half of the entries of
 * U and W zero, the others half-normal.
 */
final class Planted {
  private Planted() {}

  /**
   * Plants n x p data in direct memory.
   *
   * @param noise standard deviation of the noise as a share of the root mean square of U W
   */
  static Tensor data(int n, int p, int r, double noise, long seed) {
    RandomGenerator random = Run.of(seed).random("benchmarks.planted");
    float[] u = sparse(n * r, random);
    float[] w = sparse(r * p, random);
    // Each product of two entries has mean square 1/4, mean 1/(2 pi).
    double meanSquare = r * 0.25 + r * (r - 1) / (4 * Math.PI * Math.PI);
    double deviation = noise * Math.sqrt(meanSquare);
    FloatBuffer data = Tensor.allocateDirect(n * p);
    float[] row = new float[p];
    for (int i = 0; i < n; i++) {
      Arrays.fill(row, 0);
      for (int k = 0; k < r; k++) {
        float c = u[i * r + k];
        for (int j = 0; j < p && c > 0; j++) {
          row[j] += c * w[k * p + j];
        }
      }
      for (int j = 0; j < p; j++) {
        row[j] = (float) Math.max(0, row[j] + deviation * random.nextGaussian());
      }
      data.put(row);
    }
    return Tensor.wrap(Shape.of(n, p), data.flip());
  }

  private static float[] sparse(int size, RandomGenerator random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextBoolean() ? 0 : (float) Math.abs(random.nextGaussian());
    }
    return values;
  }

  /** Writes a matrix as NumPy's {@code .npy}, version 1.0. */
  static void writeNpy(Tensor matrix, Path file) throws IOException {
    int columns = matrix.shape().dim(1);
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (" + matrix.rows() + ", " + columns;
    header += "), }";
    int length = (10 + header.length() + 1 + 63) / 64 * 64 - 10;
    ByteBuffer start = ByteBuffer.allocate(10 + length).order(ByteOrder.LITTLE_ENDIAN);
    start.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    start.put((byte) 1).put((byte) 0).putShort((short) length);
    start.put(header.getBytes(StandardCharsets.US_ASCII));
    while (start.remaining() > 1) {
      start.put((byte) ' ');
    }
    start.put((byte) '\n');
    ByteBuffer row = ByteBuffer.allocate(columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(start.array());
      for (int i = 0; i < matrix.rows(); i++) {
        row.asFloatBuffer().put(matrix.row(i).buffer());
        out.write(row.array());
      }
    }
  }
}
