package dev.percept.bundle;

import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The safetensors format for float32: eight bytes with the length of a JSON header, the header
 * (name, dtype, shape, offsets), and the values, little-endian. Written with tensors in the order
 * of their names and the header padded to eight bytes, so equal tensors are equal bytes.
 */
public final class Safetensors {
  /** The longest header that is read; a hostile length must not reserve memory. */
  public static final int MAX_HEADER_BYTES = 16 << 20;

  private static final String METADATA = "__metadata__";
  private static final int CHUNK = 1 << 16;

  private Safetensors() {}

  private record Entry(String name, ElementFormat format, Shape shape, long begin, long end) {}

  /**
   * Writes {@code tensors} to {@code file}, replacing it.
   *
   * @param tensors by name; not modified
   * @throws IOException if the disk does not take it
   */
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    Map<String, Tensor> sorted = new TreeMap<>(tensors);
    ObjectNode header = Json.strict().createObjectNode();
    long at = 0;
    for (Map.Entry<String, Tensor> e : sorted.entrySet()) {
      if (e.getKey().equals(METADATA)) {
        throw new IllegalArgumentException("tensors: the name " + METADATA + " is reserved");
      }
      ObjectNode entry = header.putObject(e.getKey());
      entry.put("dtype", "F32");
      ArrayNode shape = entry.putArray("shape");
      for (int d : e.getValue().shape().toArray()) {
        shape.add(d);
      }
      long end = at + 4L * e.getValue().shape().size();
      entry.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = Files.newOutputStream(file)) {
      chunk.putLong(padded.length);
      out.write(chunk.array(), 0, Long.BYTES);
      out.write(padded);
      for (Tensor tensor : sorted.values()) {
        FloatBuffer values = tensor.buffer();
        while (values.hasRemaining()) {
          chunk.clear();
          while (values.hasRemaining() && chunk.hasRemaining()) {
            chunk.putFloat(values.get());
          }
          out.write(chunk.array(), 0, chunk.position());
        }
      }
    }
  }

  /**
   * Reads every tensor of {@code file}, in the order of their names.
   *
   * @throws PerceptException if the file is missing, cut short, has other types than F32, or its
   *     offsets leave holes, overlap or point outside
   */
  public static Map<String, Tensor> read(Path file) {
    return read(file, EnumSet.of(ElementFormat.F32));
  }

  /**
   * Reads every tensor of a file that another program wrote, whatever numbers it holds.
   *
   * @throws PerceptException as {@link #read(Path)}, and for a type that is no {@link
   *     ElementFormat}
   */
  public static Map<String, Tensor> readAny(Path file) {
    return read(file, EnumSet.allOf(ElementFormat.class));
  }

  private static Map<String, Tensor> read(Path file, Set<ElementFormat> allowed) {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      if (size < Long.BYTES) {
        throw unfit(file, "it has " + size + " bytes, too few for a header");
      }
      long length = get(channel, 0, Long.BYTES).getLong();
      if (length < 2 || length > MAX_HEADER_BYTES || length > size - Long.BYTES) {
        throw unfit(
            file,
            "its header claims "
                + Long.toUnsignedString(length)
                + " bytes, of a file of "
                + size
                + " (at most "
                + MAX_HEADER_BYTES
                + " are read)");
      }
      String json =
          StandardCharsets.UTF_8.decode(get(channel, Long.BYTES, (int) length)).toString();
      long base = Long.BYTES + length;
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Entry e : entries(file, json, size - base, allowed)) {
        tensors.put(e.name(), values(channel, base + e.begin(), e));
      }
      return Collections.unmodifiableMap(new TreeMap<>(tensors));
    } catch (NoSuchFileException e) {
      throw new PerceptException("there is no file " + file, e);
    } catch (IOException e) {
      throw unfit(file, "it cannot be read (" + e.getMessage() + ")");
    }
  }

  private static List<Entry> entries(
      Path file, String json, long dataBytes, Set<ElementFormat> allowed) {
    JsonNode header;
    try {
      header = Json.strict().readTree(json);
    } catch (JacksonException e) {
      throw unfit(file, "its header is no JSON (" + e.getOriginalMessage() + ")");
    }
    if (!header.isObject()) {
      throw unfit(file, "its header is no JSON object");
    }
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : header.properties()) {
      if (!property.getKey().equals(METADATA)) {
        entries.add(entry(file, property.getKey(), property.getValue(), allowed));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long at = 0;
    for (Entry e : entries) {
      if (e.begin() != at) {
        throw unfit(
            file,
            "tensor '"
                + BundlePaths.shown(e.name())
                + "' begins at byte "
                + e.begin()
                + " where "
                + at
                + " is expected (a hole or an overlap)");
      }
      at = e.end();
    }
    if (at != dataBytes) {
      throw unfit(file, "its tensors need " + at + " bytes and it has " + dataBytes);
    }
    return entries;
  }

  private static Entry entry(Path file, String name, JsonNode node, Set<ElementFormat> allowed) {
    String shown = "tensor '" + BundlePaths.shown(name) + "'";
    JsonNode type = node.get("dtype");
    JsonNode dims = node.get("shape");
    JsonNode offsets = node.get("data_offsets");
    if (type == null || dims == null || offsets == null || node.size() != 3) {
      throw unfit(file, shown + " has not exactly dtype, shape and data_offsets");
    }
    ElementFormat format = type.isString() ? ElementFormat.named(type.stringValue()) : null;
    if (format == null || !allowed.contains(format)) {
      throw unfit(
          file,
          shown
              + " has the type "
              + BundlePaths.shown(type.toString())
              + ", not "
              + allowed.stream().map(Enum::name).collect(Collectors.joining(", ")));
    }
    if (!dims.isArray() || dims.size() > 8 || !offsets.isArray() || offsets.size() != 2) {
      throw unfit(file, shown + " has a shape or offsets of the wrong form");
    }
    int[] sizes = new int[dims.size()];
    long count = 1;
    for (int i = 0; i < sizes.length; i++) {
      JsonNode d = dims.get(i);
      if (!d.isIntegralNumber() || !d.canConvertToInt() || d.intValue() < 0) {
        throw unfit(file, shown + " has the size " + BundlePaths.shown(d.toString()));
      }
      sizes[i] = d.intValue();
      // Both factors are below 2^31, so the product of two steps cannot overflow before the check.
      count *= sizes[i];
      if (count > Integer.MAX_VALUE) {
        throw unfit(file, shown + " has more than 2^31 - 1 values");
      }
    }
    long begin = offset(file, shown, offsets.get(0));
    long end = offset(file, shown, offsets.get(1));
    if (end < begin || end - begin != format.bytes() * count) {
      throw unfit(file, shown + " has " + count + " values in the bytes " + begin + " to " + end);
    }
    return new Entry(name, format, Shape.of(sizes), begin, end);
  }

  private static long offset(Path file, String shown, JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw unfit(file, shown + " has the offset " + BundlePaths.shown(node.toString()));
    }
    return node.longValue();
  }

  private static Tensor values(FileChannel channel, long from, Entry entry) throws IOException {
    ElementFormat format = entry.format();
    float[] values = new float[entry.shape().size()];
    int each = CHUNK / format.bytes();
    for (int at = 0; at < values.length; at += each) {
      int n = Math.min(each, values.length - at);
      ByteBuffer bytes = get(channel, from + (long) format.bytes() * at, format.bytes() * n);
      if (format == ElementFormat.F32) {
        bytes.asFloatBuffer().get(values, at, n);
      } else {
        for (int i = 0; i < n; i++) {
          values[at + i] = format.read(bytes, i * format.bytes());
        }
      }
    }
    return Tensor.wrap(entry.shape(), values);
  }

  private static ByteBuffer get(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("it became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  private static PerceptException unfit(Path file, String found) {
    return new PerceptException(
        "the tensor file "
            + file
            + " cannot be used: "
            + found
            + "; copy it again whole, or have it made again");
  }
}
