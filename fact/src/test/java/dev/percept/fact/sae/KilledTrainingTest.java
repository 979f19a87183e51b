package dev.percept.fact.sae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the process of a training (SIGKILL on Unix) ten times, and lets it end. */
@Tag("slow")
class KilledTrainingTest {
  private static final int KILLS = 10;

  @TempDir Path temp;

  private static Process start(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            KilledTraining.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolveSibling(folder.getFileName() + ".log").toFile())
        .start();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }

  private static boolean isNewer(Path folder, FileTime stamp) throws IOException {
    for (Path file : files(folder)) {
      try {
        if (Files.getLastModifiedTime(folder.resolve(file)).compareTo(stamp) > 0) {
          return true;
        }
      } catch (NoSuchFileException e) {
        // It was renamed just now.
        return true;
      }
    }
    return false;
  }

  @Test
  void killedTenTimesItComesToTheSameBytes() throws Exception {
    Path whole = Files.createDirectories(temp.resolve("whole"));
    Process undisturbed = start(whole);
    long begin = System.nanoTime();
    assertEquals(0, undisturbed.waitFor(), Files.readString(temp.resolve("whole.log")));
    double seconds = (System.nanoTime() - begin) / 1e9;
    Path killed = Files.createDirectories(temp.resolve("killed"));
    RandomGenerator random = Run.of(System.nanoTime()).random("kills");
    StringBuilder where = new StringBuilder();
    int kills = 0;
    while (kills < KILLS) {
      FileTime stamp = FileTime.fromMillis(System.currentTimeMillis());
      Process process = start(killed);
      // Whatever it does first after its start: when there is something new, at a random moment.
      while (process.isAlive() && !isNewer(killed, stamp)) {
        Thread.sleep(5);
      }
      if (process.waitFor(random.nextInt(500), TimeUnit.MILLISECONDS)) {
        break;
      }
      process.destroyForcibly().waitFor();
      kills++;
      where.append(Files.exists(killed.resolve("training")) ? " training" : " activations");
    }
    Process last = start(killed);
    assertEquals(0, last.waitFor(), Files.readString(temp.resolve("killed.log")));
    System.out.printf("undisturbed %.1f s; killed %d times, in%s%n", seconds, kills, where);
    assertTrue(kills >= KILLS, "only " + kills + " kills before it was done");
    assertEquals(files(whole), files(killed));
    for (Path file : files(whole)) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(file)),
          Files.readAllBytes(killed.resolve(file)),
          file.toString());
    }
  }
}
