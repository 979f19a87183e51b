package dev.percept.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line of a table of times: what was measured, once a round. */
final class Row {
  /** One measurement. */
  record Measured(double seconds, double cpu, double peakMegabytes) {}

  private final String name;
  private final List<Measured> rounds = new ArrayList<>();

  Row(String name) {
    this.name = name;
  }

  void add(Measured measured) {
    rounds.add(measured);
  }

  void add(Child child) {
    add(new Measured(child.seconds(), child.cpu(), child.peakMegabytes()));
  }

  /** The minimum: everything that disturbs a measurement makes it longer. */
  double seconds() {
    return rounds.stream().mapToDouble(Measured::seconds).min().orElseThrow();
  }

  /** The minimum of the processor time of all threads; others on the machine disturb it less. */
  double cpu() {
    return rounds.stream().mapToDouble(Measured::cpu).min().orElseThrow();
  }

  /** The maximum over the rounds. */
  double peak() {
    return rounds.stream().mapToDouble(Measured::peakMegabytes).max().orElseThrow();
  }

  static void header(String unit) {
    System.out.printf(
        Locale.ROOT,
        "%n%-34s %9s %11s %9s %11s %8s   rounds%n",
        "",
        "seconds",
        unit,
        "cpu s",
        unit,
        "peak MB");
  }

  /** Prints times, also as multiples of those of {@code unit}. */
  void print(Row unit) {
    System.out.printf(
        Locale.ROOT,
        "%-34s %9.2f %11.3f %9.2f %11.3f %8.0f   %s%n",
        name,
        seconds(),
        seconds() / unit.seconds(),
        cpu(),
        cpu() / unit.cpu(),
        peak(),
        rounds.stream()
            .map(r -> String.format(Locale.ROOT, "%.1f", r.seconds()))
            .collect(Collectors.joining(" ")));
  }
}
