package dev.percept.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own, so that its memory is nobody else's.
 *
 * @param seconds from its start to its end
 * @param cpu processor seconds of all its threads, at most one poll short
 * @param peakMegabytes largest resident memory (VmHWM), in units of 10^6 bytes; NaN where the
 *     system does not tell
 * @param output what it wrote on standard output, line by line
 */
record Child(double seconds, double cpu, double peakMegabytes, List<String> output) {
  private static final int POLL_MILLIS = 20;

  Child {
    output = List.copyOf(output);
  }

  /** This JVM's Java with {@code options} and {@code main} of this class path. */
  static List<String> java(List<String> options, Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  /**
   * Runs {@code command} to its end.
   *
   * @param environment set over that of this process
   * @throws IOException if it does not start or does not end with status 0; with what it wrote
   */
  static Child run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("percept-benchmark-", ".out");
    Path err = Files.createTempFile("percept-benchmark-", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(environment);
      long start = System.nanoTime();
      Process process = builder.start();
      double peak = Double.NaN;
      double cpu = 0;
      // VmHWM only ever grows, so the last reading is at most one poll behind the truth.
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        double now = peak(process.pid());
        peak = Double.isNaN(now) ? peak : now;
        cpu = process.info().totalCpuDuration().map(d -> d.toNanos() / 1e9).orElse(cpu);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      if (process.exitValue() != 0) {
        throw new IOException(
            String.join(" ", command)
                + "\nended with status "
                + process.exitValue()
                + ":\n"
                + Files.readString(err));
      }
      return new Child(seconds, cpu, peak, Files.readAllLines(out));
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }

  /** The number after {@code key=} in the output. */
  double number(String key) {
    for (String line : output) {
      if (line.startsWith(key + "=")) {
        return Double.parseDouble(line.substring(key.length() + 1));
      }
    }
    throw new IllegalStateException("no " + key + " in the output: " + output);
  }

  private static double peak(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Double.parseDouble(line.replaceAll("\\D", "")) * 1024 / 1e6;
        }
      }
    } catch (IOException e) {
      // It has just ended, or this is not Linux: the caller keeps what it knows.
    }
    return Double.NaN;
  }
}
