package dev.percept.bundle;

import java.util.List;

/** {@code timings.json}: the only file that differs between equal runs. */
public record Timings(List<Stage> stages, double totalSeconds, long peakMemoryBytes) {
  /** How long a stage took. */
  public record Stage(String name, double seconds) {}
}
