package dev.percept.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The memory of this process that is in use, native memory included. */
public final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** Bytes in use after a garbage collection; skips the test where the system does not say. */
  public static long now() {
    System.gc();
    return read("VmRSS:");
  }

  /** The most bytes that were ever in use. */
  public static long peak() {
    return read("VmHWM:");
  }

  private static long read(String field) {
    Assumptions.assumeTrue(Files.isReadable(STATUS), "this system does not say how much is used");
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(field)) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("no " + field + " in " + STATUS);
  }
}
