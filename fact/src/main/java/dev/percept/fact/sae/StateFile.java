package dev.percept.fact.sae;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * The state of a training: eight bytes of its format, eight that say of which training, the values,
 * and a checksum. Written beside its place and renamed, so what stands there is always whole.
 */
final class StateFile {
  private static final long FORMAT = 0x5045524353414531L; // PERCSAE1
  private static final int CHUNK = 1 << 20;

  private StateFile() {}

  /** Writes what {@code visitor} shows. */
  static void write(Path file, long training, Consumer<State> visitor) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        Writer writer = new Writer(channel);
        writer.longs(new long[] {FORMAT, training});
        visitor.accept(writer);
        writer.longs(new long[] {writer.checksum()});
        writer.flush();
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | UncheckedIOException e) {
      throw new PerceptException(
          "cannot write the state of the training, "
              + file
              + " ("
              + e
              + "); make room on the disk and start the same command again: it goes on from the"
              + " last state",
          e);
    }
  }

  /**
   * Fills what {@code visitor} shows.
   *
   * @throws PerceptException if the file is damaged or of another training
   */
  static void read(Path file, long training, Consumer<State> visitor) {
    try (FileChannel channel = FileChannel.open(file)) {
      Reader reader = new Reader(channel);
      long[] head = new long[2];
      reader.longs(head);
      if (head[0] != FORMAT || head[1] != training) {
        throw unfit(file, "it belongs to another training");
      }
      visitor.accept(reader);
      long expected = reader.checksum();
      long[] found = new long[1];
      reader.longs(found);
      if (found[0] != expected || !reader.isAtEnd()) {
        throw unfit(file, "it is damaged");
      }
    } catch (IOException | UncheckedIOException e) {
      throw unfit(file, "it cannot be read (" + e.getMessage() + ")");
    }
  }

  private static PerceptException unfit(Path file, String why) {
    return new PerceptException(
        "the state of the training, "
            + file
            + ", cannot be used: "
            + why
            + "; remove it, and the training starts again");
  }

  /** What both directions have: a buffer and its checksum. */
  private abstract static class Chunks implements State {
    final FileChannel channel;
    final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    final CRC32 crc = new CRC32();

    Chunks(FileChannel channel) {
      this.channel = channel;
    }

    /** Makes room for, or fetches, as many of {@code bytes} as fit; a multiple of 8. */
    abstract int next(long bytes);

    /** Takes the chunk back after {@code size} bytes were put or read. */
    abstract void done(int size);

    abstract void move(float[] values, int at, int count);

    abstract void move(long[] values, int at, int count);

    @Override
    public void floats(float[] values) {
      for (int at = 0; at < values.length; ) {
        int count = next(4L * (values.length - at)) / 4;
        move(values, at, count);
        done(4 * count);
        at += count;
      }
    }

    @Override
    public void longs(long[] values) {
      for (int at = 0; at < values.length; ) {
        int count = next(8L * (values.length - at)) / 8;
        move(values, at, count);
        done(8 * count);
        at += count;
      }
    }

    @Override
    public void doubles(double[] values) {
      long[] bits = new long[values.length];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Double.doubleToRawLongBits(values[i]);
      }
      longs(bits);
      for (int i = 0; i < bits.length; i++) {
        values[i] = Double.longBitsToDouble(bits[i]);
      }
    }

    long checksum() {
      return crc.getValue();
    }
  }

  private static final class Writer extends Chunks {
    Writer(FileChannel channel) {
      super(channel);
    }

    @Override
    int next(long bytes) {
      chunk.clear();
      return (int) Math.min(bytes, CHUNK);
    }

    @Override
    void move(float[] values, int at, int count) {
      chunk.asFloatBuffer().put(values, at, count);
    }

    @Override
    void move(long[] values, int at, int count) {
      chunk.asLongBuffer().put(values, at, count);
    }

    @Override
    void done(int size) {
      crc.update(chunk.position(0).limit(size));
      chunk.position(0);
      flush();
    }

    void flush() {
      try {
        while (chunk.hasRemaining()) {
          channel.write(chunk);
        }
        chunk.position(0).limit(0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Reader extends Chunks {
    Reader(FileChannel channel) {
      super(channel);
    }

    @Override
    int next(long bytes) {
      int size = (int) Math.min(bytes, CHUNK);
      chunk.clear().limit(size);
      try {
        while (chunk.hasRemaining()) {
          if (channel.read(chunk) < 0) {
            throw new IOException("it ends too early");
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      chunk.flip();
      crc.update(chunk);
      chunk.flip();
      return size;
    }

    @Override
    void move(float[] values, int at, int count) {
      chunk.asFloatBuffer().get(values, at, count);
    }

    @Override
    void move(long[] values, int at, int count) {
      chunk.asLongBuffer().get(values, at, count);
    }

    @Override
    void done(int size) {
      // The checksum was taken when it was fetched.
    }

    boolean isAtEnd() throws IOException {
      return channel.position() == channel.size();
    }
  }
}
