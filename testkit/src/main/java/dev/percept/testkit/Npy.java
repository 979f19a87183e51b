package dev.percept.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A NumPy array of a golden file: float32, float64, int32 or int64, read as doubles.
 *
 * @param dims its shape
 * @param values row-major
 */
@SuppressWarnings("ArrayRecordComponent")
public record Npy(int[] dims, double[] values) {
  private static final Pattern HEADER =
      Pattern.compile(
          "'descr': *'([^']*)'.*'fortran_order': *(True|False).*'shape': *\\(([^)]*)\\)");

  /** Reads a class path resource, relative to {@code test}. */
  public static Npy resource(Class<?> test, String name) {
    try (InputStream in = test.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no test resource " + name);
      }
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one array from a stream in the {@code .npy} format, version 1 to 3. */
  public static Npy read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    byte[] magic = in.readNBytes(8);
    byte[] length = in.readNBytes(magic[6] == 1 ? 2 : 4);
    int size = (length[0] & 0xff) | (length[1] & 0xff) << 8;
    Matcher m = HEADER.matcher(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
    if (!m.find()) {
      throw new IOException("not an .npy file");
    }
    int[] dims =
        Stream.of(m.group(3).split(","))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    int count = Arrays.stream(dims).reduce(1, Math::multiplyExact);
    ByteBuffer data = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (m.group(1)) {
            case "<f4" -> data.getFloat();
            case "<f8" -> data.getDouble();
            case "<i4" -> data.getInt();
            case "<i8" -> data.getLong();
            default -> throw new IOException("unexpected type " + m.group(1));
          };
    }
    return new Npy(dims, m.group(2).equals("True") ? rowMajor(dims, values) : values);
  }

  /** Values that were written with the first axis changing fastest. */
  private static double[] rowMajor(int[] dims, double[] columnMajor) {
    double[] values = new double[columnMajor.length];
    int[] index = new int[dims.length];
    for (double v : columnMajor) {
      int at = 0;
      for (int axis = 0; axis < dims.length; axis++) {
        at = at * dims[axis] + index[axis];
      }
      values[at] = v;
      for (int axis = 0; axis < dims.length && ++index[axis] == dims[axis]; axis++) {
        index[axis] = 0;
      }
    }
    return values;
  }

  /** The values as float32. */
  public float[] floats() {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values[i];
    }
    return out;
  }
}
