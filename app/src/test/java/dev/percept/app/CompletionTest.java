package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that {@code percept completion} prints, in a real bash. */
class CompletionTest {
  private static final Path BASH = Path.of("/bin/bash");

  private final Path folder;
  private final Path script;

  CompletionTest(@TempDir Path folder) {
    this.folder = folder;
    this.script = folder.resolve("completion.sh");
  }

  @BeforeEach
  void write() throws Exception {
    Percept run = Percept.run("completion");
    assertEquals(ExitCode.OK, run.status());
    assertEquals("", run.err());
    assertEquals(run.out(), Percept.run("completion").out(), "the same each time");
    Files.writeString(script, run.out());
  }

  @Test
  void commandsOptionsAndValuesAreCompleted() throws Exception {
    assertEquals(List.of("explain"), complete("expl"));
    assertEquals(List.of("--concepts"), complete("explain", "--conc"));
    assertEquals(List.of("train"), complete("zoo", "tr"));
    assertTrue(complete("explain", "--").contains("--extractor"));
    // What is offered is what is accepted: labels, not the names of constants.
    assertEquals(
        List.of("k-means", "nmf", "pca", "semi-nmf"), complete("explain", "--extractor", ""));
    // The generator knows values by label: two options with one label would share them.
    assertEquals(
        List.of("auto", "hsic", "jansen", "occlusion", "rise"),
        complete("explain", "--estimator", ""));
    assertEquals(List.of("auto"), complete("explain", "--concepts", "a"));
  }

  @Test
  void filesAreCompletedWhereFilesAreAskedFor() throws Exception {
    Files.writeString(folder.resolve("network.onnx"), "");
    assertEquals(List.of("network.onnx"), complete("explain", "--model", "netw"));
  }

  /** What is offered for the last of these words. */
  private List<String> complete(String... words) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(BASH), "no bash on this machine");
    String line = "percept " + String.join(" ", words);
    String program =
        // Only readline can change how it shows what it was given.
        "compopt() { :; }; source ./completion.sh && COMP_WORDS=(percept "
            + String.join(" ", words).replaceAll("(^| )$", " ''")
            + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE='"
            + line
            + "'; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9; _complete_percept;"
            + " printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process bash =
        new ProcessBuilder(BASH.toString(), "--norc", "-c", program)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    bash.getOutputStream().close();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(bash.waitFor(20, TimeUnit.SECONDS));
    return out.lines().map(String::strip).filter(l -> !l.isEmpty()).sorted().toList();
  }
}
