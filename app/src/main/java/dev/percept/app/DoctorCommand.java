package dev.percept.app;

import dev.percept.core.EngineMissingException;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.methods.linalg.Blas;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percept doctor}. */
@Command(
    name = "doctor",
    description = "Says whether this machine has what Percept needs, and what to do where not.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final long ROOM = 1L << 30;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  boolean json;

  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /**
   * One thing that was looked at.
   *
   * @param what for example {@code ONNX Runtime}
   * @param ok whether Percept can work with it
   * @param found what was found, or what to do
   */
  record Finding(String what, boolean ok, String found) {}

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(engine("ONNX Runtime", OnnxEngine::version));
    findings.add(engine("OpenBLAS", DoctorCommand::openblas));
    findings.add(threads());
    findings.add(room());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(findings, out);
    } else {
      TextTable table = new TextTable("", "what", "found");
      findings.forEach(f -> table.row(f.ok() ? "ok" : "NO", f.what(), f.found()));
      table.print(out);
    }
    return findings.stream().allMatch(Finding::ok) ? ExitCode.OK : ExitCode.ENGINE;
  }

  private static Finding java() {
    int feature = Runtime.version().feature();
    return new Finding(
        "Java",
        feature >= 17,
        Runtime.version() + (feature >= 17 ? "" : "; install a JDK 17 and set JAVA_HOME to it"));
  }

  private static Finding engine(String name, Supplier<String> version) {
    try {
      return new Finding(name, true, version.get());
    } catch (EngineMissingException e) {
      return new Finding(name, false, String.valueOf(e.getMessage()));
    }
  }

  private static String openblas() {
    Blas.require();
    return Versions.all().getOrDefault("openblas", "loaded");
  }

  private static Finding threads() {
    int cores = Runtime.getRuntime().availableProcessors();
    boolean passive = "passive".equalsIgnoreCase(System.getenv("OMP_WAIT_POLICY"));
    return new Finding(
        "threads",
        true,
        cores
            + " cores"
            + (passive
                ? ""
                : "; OMP_WAIT_POLICY is not 'passive', so native thread pools may slow each other"
                    + " down (./percept sets it)"));
  }

  private static Finding room() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir", "."));
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      return new Finding(
          "temporary files",
          free >= ROOM,
          (free >> 20)
              + " MiB free"
              + (free >= ROOM
                  ? ""
                  : "; activations of many pictures need more, free some or name another folder with"
                      + " PERCEPT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER"));
    } catch (IOException e) {
      return new Finding(
          "temporary files",
          false,
          "the folder cannot be used ("
              + e.getMessage()
              + "); name another with PERCEPT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
    }
  }
}
