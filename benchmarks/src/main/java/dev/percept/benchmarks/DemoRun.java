package dev.percept.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Time and memory of {@code percept demo}, as a newcomer starts it after the build. */
public final class DemoRun {
  private DemoRun() {}

  public static void main(String[] args) throws Exception {
    int rounds = Options.of(Map.of("rounds", "2"), args).integer("rounds");
    System.out.println(Machine.describe());
    Path folder = Files.createTempDirectory("percept-demo-");
    Row row = new Row("percept demo");
    try {
      for (int i = 0; i < rounds; i++) {
        Child child =
            Child.run(
                List.of(
                    Machine.percept().toString(), "demo", "-o", folder.resolve("" + i).toString()),
                Map.of());
        row.add(child);
      }
    } finally {
      Folders.delete(folder);
    }
    System.out.printf(
        "percept demo: %.1f s (under 60), peak %.0f MB (under 1000)%n", row.seconds(), row.peak());
  }
}
