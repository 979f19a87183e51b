package dev.percept.onnx;

import com.google.protobuf.CodedOutputStream;
import dev.percept.onnx.proto.StringStringEntryProto;
import dev.percept.onnx.proto.TensorProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Reads a model file but for its large weights, which are left where they are: the message that
 * comes out refers to their place in the file, as ONNX refers to external data. A model of 100 MB
 * then costs some 100 KB, and its parts share the weights on disk.
 */
final class WeightsAside {
  /** Smaller tensors may be shapes, paddings or scales, whose values are looked at. */
  static final int LARGE = 1 << 16;

  private static final int GRAPH_IN_MODEL = 7;
  private static final int INITIALIZER_IN_GRAPH = 5;
  private static final int FLOAT_DATA = 4;
  private static final int RAW_DATA = 9;

  private final WireReader in;
  private final String location;

  private WeightsAside(FileChannel channel, String location) {
    this.in = new WireReader(channel);
    this.location = location;
  }

  /**
   * The bytes of the model without its large weights.
   *
   * @param location how the message refers to the file
   * @throws IOException if the file is no message or is cut short
   */
  static byte[] read(FileChannel channel, String location) throws IOException {
    return new WeightsAside(channel, location).model(channel.size());
  }

  private byte[] model(long end) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    while (in.position() < end) {
      long tag = in.varint();
      if (tag == tag(GRAPH_IN_MODEL)) {
        int length = in.length(end);
        out.writeByteArray(GRAPH_IN_MODEL, graph(in.position() + length));
      } else {
        copy(tag, end, out);
      }
    }
    requireEnd(end);
    out.flush();
    return bytes.toByteArray();
  }

  private byte[] graph(long end) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    while (in.position() < end) {
      long tag = in.varint();
      if (tag == tag(INITIALIZER_IN_GRAPH)) {
        int length = in.length(end);
        long next = in.position() + length;
        out.writeByteArray(INITIALIZER_IN_GRAPH, length < LARGE ? in.bytes(length) : tensor(next));
        in.seek(next);
      } else {
        copy(tag, end, out);
      }
    }
    requireEnd(end);
    out.flush();
    return bytes.toByteArray();
  }

  private byte[] tensor(long end) throws IOException {
    long start = in.position();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    long offset = -1;
    long size = 0;
    boolean floats = false;
    while (in.position() < end) {
      long tag = in.varint();
      if (tag == tag(RAW_DATA) || tag == tag(FLOAT_DATA)) {
        size = in.length(end);
        offset = in.position();
        floats = tag == tag(FLOAT_DATA);
        in.seek(offset + size);
      } else {
        copy(tag, end, out);
      }
    }
    requireEnd(end);
    out.flush();
    TensorProto t = TensorProto.parseFrom(bytes.toByteArray());
    boolean plain = !TensorData.isExternal(t) && offset >= 0;
    // Packed floats lie in the file as raw ones do; other typed values do not.
    if (!plain || (floats && TensorData.type(t) != ElementType.FLOAT)) {
      in.seek(start);
      return in.bytes((int) (end - start));
    }
    return t.toBuilder()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", location))
        .addExternalData(entry("offset", Long.toString(offset)))
        .addExternalData(entry("length", Long.toString(size)))
        .build()
        .toByteArray();
  }

  private void requireEnd(long end) throws IOException {
    if (in.position() != end) {
      throw new WireReader.NoMessage("a field ends after its message");
    }
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static long tag(int field) {
    return (long) field << 3 | WireReader.BYTES;
  }

  private void copy(long tag, long end, CodedOutputStream out) throws IOException {
    out.writeUInt64NoTag(tag);
    switch ((int) (tag & 7)) {
      case WireReader.VARINT -> out.writeUInt64NoTag(in.varint());
      case WireReader.FIXED64 -> out.writeRawBytes(in.bytes(8));
      case WireReader.FIXED32 -> out.writeRawBytes(in.bytes(4));
      case WireReader.BYTES -> {
        int length = in.length(end);
        out.writeUInt32NoTag(length);
        out.writeRawBytes(in.bytes(length));
      }
      default -> throw new WireReader.NoMessage("no message: wire type " + (tag & 7));
    }
    if (tag >>> 3 == 0) {
      throw new WireReader.NoMessage("no message: field 0");
    }
  }
}
