package dev.percept.app.explain;

import dev.percept.bundle.Timings;
import dev.percept.core.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures how long the stages of a run take, and passes them on to whoever watches. */
final class Stopwatch implements Progress {
  private final Progress watched;
  private final long start = System.nanoTime();
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  Stopwatch(Progress watched) {
    this.watched = watched;
  }

  @Override
  public Stage begin(String what, long steps) {
    long begun = System.nanoTime();
    Stage inner = watched.begin(what, steps);
    return new Stage() {
      @Override
      public void advance(long more) {
        inner.advance(more);
      }

      @Override
      public void close() {
        inner.close();
        synchronized (seconds) {
          seconds.merge(what, (System.nanoTime() - begun) / 1e9, Double::sum);
        }
      }
    };
  }

  /** What was measured so far; stages of the same name are added up. */
  Timings timings() {
    List<Timings.Stage> stages = new ArrayList<>();
    synchronized (seconds) {
      seconds.forEach((name, s) -> stages.add(new Timings.Stage(name, s)));
    }
    return new Timings(stages, (System.nanoTime() - start) / 1e9, peakMemory());
  }

  /** Peak resident memory of this process in bytes; 0 where the system does not tell. */
  private static long peakMemory() {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
    } catch (IOException e) {
      // A system that hides its accounts: the figure is informative only.
      return 0;
    }
    return 0;
  }
}
