package dev.percept.onnx;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads the wire format of protocol buffers from a file, field by field, holding one block. */
final class WireReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  /** The bytes are no protocol buffer message. */
  static final class NoMessage extends IOException {
    NoMessage(String message) {
      super(message);
    }
  }

  private static final int BLOCK = 1 << 16;

  private final FileChannel channel;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK).limit(0);
  private long blockStart;

  WireReader(FileChannel channel) {
    this.channel = channel;
  }

  /** Where the next byte lies in the file. */
  long position() {
    return blockStart + block.position();
  }

  void seek(long position) {
    if (position >= blockStart && position <= blockStart + block.limit()) {
      block.position((int) (position - blockStart));
    } else {
      blockStart = position;
      block.position(0).limit(0);
    }
  }

  private int next() throws IOException {
    if (!block.hasRemaining()) {
      blockStart += block.position();
      block.clear();
      int got = channel.read(block, blockStart);
      block.flip();
      if (got <= 0) {
        throw new EOFException("the file ends within a field");
      }
    }
    return block.get() & 0xff;
  }

  long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = next();
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new NoMessage("a number of more than ten bytes");
  }

  /** The length of a field of bytes, which must end by {@code end}. */
  int length(long end) throws IOException {
    long length = varint();
    if (length < 0 || length > end - position()) {
      throw new EOFException("a field ends after its message");
    }
    return (int) length;
  }

  byte[] bytes(int length) throws IOException {
    byte[] out = new byte[length];
    ByteBuffer target = ByteBuffer.wrap(out);
    long at = position();
    while (target.hasRemaining()) {
      if (channel.read(target, at + target.position()) <= 0) {
        throw new EOFException("the file ends within a field");
      }
    }
    seek(at + length);
    return out;
  }
}
