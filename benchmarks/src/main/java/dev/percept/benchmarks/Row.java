package dev.percept.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line of a table of times: what was measured, once a round. */
final class Row {
  /** One measurement. */
  record Measured(double seconds, double peakMegabytes) {}

  private final String name;
  private final List<Measured> rounds = new ArrayList<>();

  Row(String name) {
    this.name = name;
  }

  void add(Measured measured) {
    rounds.add(measured);
  }

  void add(double seconds, double peakMegabytes) {
    add(new Measured(seconds, peakMegabytes));
  }

  /** The minimum: everything that disturbs a measurement makes it longer. */
  double seconds() {
    return rounds.stream().mapToDouble(Measured::seconds).min().orElseThrow();
  }

  /** The maximum over the rounds. */
  double peak() {
    return rounds.stream().mapToDouble(Measured::peakMegabytes).max().orElseThrow();
  }

  void print(double unit) {
    System.out.printf(
        Locale.ROOT,
        "%-38s %9.1f %11.2f %8.0f   %s%n",
        name,
        seconds(),
        seconds() / unit,
        peak(),
        rounds.stream()
            .map(r -> String.format(Locale.ROOT, "%.1f", r.seconds()))
            .collect(Collectors.joining(" ")));
  }
}
