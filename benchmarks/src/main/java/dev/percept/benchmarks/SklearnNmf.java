package dev.percept.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A Python process that factorises with scikit-learn on demand; imports and reading cost no time.
 */
final class SklearnNmf implements AutoCloseable {
  /** One factorisation. */
  record Fit(double seconds, double cpu, double relativeError, int sweeps) {}

  private final Process process;
  private final BufferedReader answers;
  private final Writer requests;
  private final String version;

  /** Starts {@code python} on the matrix; it may use {@code threads} threads. */
  SklearnNmf(String python, Path matrix, int concepts, int threads, Path folder)
      throws IOException {
    Path script = folder.resolve("sklearn_nmf.py");
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("sklearn_nmf.py"))) {
      Files.copy(in, script);
    }
    ProcessBuilder builder =
        new ProcessBuilder(python, script.toString(), matrix.toString(), Integer.toString(concepts))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    for (String library : new String[] {"OMP", "OPENBLAS", "MKL", "BLIS"}) {
      builder.environment().put(library + "_NUM_THREADS", Integer.toString(threads));
    }
    process = builder.start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    requests = process.outputWriter(StandardCharsets.UTF_8);
    version = line().replace("ready ", "");
  }

  String version() {
    return version;
  }

  Fit fit() throws IOException {
    requests.write("fit\n");
    requests.flush();
    String[] parts = line().split(" ", -1);
    return new Fit(
        Double.parseDouble(parts[0]),
        Double.parseDouble(parts[1]),
        Double.parseDouble(parts[2]),
        Integer.parseInt(parts[3]));
  }

  private String line() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(
          "scikit-learn does not answer; it needs a Python with it: Debian's python3-sklearn, or"
              + " python=PATH");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    requests.close();
    process.destroy();
  }
}
