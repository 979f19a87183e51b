package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of a run: status 130, and nothing is left behind. */
class InterruptTest {
  private static final long PATIENCE_SECONDS = 60;

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void leavesNothingBehind(@TempDir Path folder) throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err.txt");
    Process demo =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo",
                "-o",
                out.toString())
            .redirectError(err.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      awaitPictures(temporary, demo, err);
      // The pictures are drawn; the model is open soon, and the passes take many seconds more.
      assertFalse(demo.waitFor(1500, TimeUnit.MILLISECONDS), "the run ended by itself");
      assertFalse(working(temporary).isEmpty(), "something was there to be tidied up");
      assertEquals(
          0, new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor());
      assertTrue(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not stop");
      assertEquals(ExitCode.CANCELLED, demo.exitValue(), Files.readString(err));
    } finally {
      demo.destroyForcibly();
    }
    assertEquals("percept: stopped; nothing was written\n", Files.readString(err));
    assertFalse(Files.exists(out), "no output");
    assertEquals(List.of(), working(temporary), "no temporary files");
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(
          List.of(),
          all.filter(f -> f.getFileName().toString().startsWith(".")).toList(),
          "no half-written bundle beside the output");
    }
  }

  private static void awaitPictures(Path temporary, Process demo, Path err)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < until) {
      for (Path work : working(temporary)) {
        if (Files.isDirectory(work.resolve("creatures/snail"))) {
          return;
        }
      }
      assertTrue(demo.isAlive(), "it ended too soon: " + Files.readString(err));
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("no pictures were drawn");
  }

  /** Percept's own temporary files. */
  private static List<Path> working(Path temporary) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(temporary)) {
      all.filter(f -> f.getFileName().toString().startsWith("percept-")).forEach(found::add);
    }
    return found;
  }
}
