package dev.percept.methods.craft;

import dev.percept.core.PerceptException;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Room for activations. Large ones lie in a mapped temporary file, so that the memory of a run does
 * not grow with the number of pictures: the operating system drops pages that it needs elsewhere.
 */
final class Scratch {
  private static final int MAPPED_FROM_FLOATS = 64 << 18; // 64 MiB

  private Scratch() {}

  /** A writable buffer of {@code floats} floats, zero, position 0. */
  static FloatBuffer allocate(int floats) {
    if (floats < MAPPED_FROM_FLOATS) {
      return Tensor.allocateDirect(floats);
    }
    Path file = null;
    try {
      file = Files.createTempFile("percept-", ".activations");
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        // The mapping outlives the channel and the (already deleted) file.
        return channel
            .map(MapMode.READ_WRITE, 0, (long) floats * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
      }
    } catch (IOException e) {
      throw new PerceptException(
          "no room for "
              + (((long) floats * Float.BYTES) >> 20)
              + " MiB of activations in the folder for temporary files ("
              + e.getMessage()
              + "); free some, name another with -Djava.io.tmpdir, or use --max-images",
          e);
    }
  }
}
