package dev.percept.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where measurements are taken. */
final class Machine {
  private Machine() {}

  /** One line: processor, cores, Java, load. */
  static String describe() {
    return line("/proc/cpuinfo", "model name")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores, Java "
        + System.getProperty("java.version")
        + ", "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", load "
        + line("/proc/loadavg", "");
  }

  /** The command {@code percept} of the checkout; {@code benchmarks/run} says where that is. */
  static Path percept() {
    return Path.of(System.getProperty("percept.home", ".")).toAbsolutePath().resolve("percept");
  }

  private static String line(String file, String start) {
    try {
      List<String> lines = Files.readAllLines(Path.of(file));
      return lines.stream()
          .filter(l -> l.startsWith(start))
          .map(l -> l.substring(l.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown"; // not Linux
    }
  }
}
