package dev.percept.app;

import dev.percept.bundle.Comparison;
import java.io.PrintWriter;

/** What {@code importance} prints for people. */
final class ComparisonTable {
  private ComparisonTable() {}

  static void print(Comparison comparison, PrintWriter out) {
    out.println(
        comparison.target().label()
            + " ("
            + comparison.target().index()
            + "): "
            + comparison.pictures()
            + " pictures, "
            + comparison.concepts().size()
            + " concepts at "
            + comparison.layer()
            + ", head "
            + (comparison.affine() ? "affine" : "not affine"));
    TextTable table =
        new TextTable(
            "estimator",
            ">deletion",
            ">below chance by",
            ">insertion",
            ">above chance by",
            ">µFidelity",
            ">95 % interval",
            ">seconds",
            "order");
    for (Comparison.Estimator e : comparison.estimators()) {
      row(table, e.name(), e.marks(), Format.two(e.seconds()), order(e));
    }
    row(table, "random", comparison.random(), "", "");
    table.print(out);
    out.println();
  }

  private static void row(
      TextTable table, String name, Comparison.Marks marks, String seconds, String order) {
    table.row(
        name,
        Format.two(marks.deletion().mean()),
        gain(marks.deletionGain()),
        Format.two(marks.insertion().mean()),
        gain(marks.insertionGain()),
        Format.two(marks.fidelity().mean()),
        Format.two(marks.fidelity().low()) + " to " + Format.two(marks.fidelity().high()),
        seconds,
        order);
  }

  private static String gain(Comparison.Mean gain) {
    return Format.two(gain.mean())
        + " ("
        + Format.two(gain.low())
        + " to "
        + Format.two(gain.high())
        + ")";
  }

  /** Concepts, the most important first. */
  private static String order(Comparison.Estimator e) {
    return String.join(
        " ",
        e.values().stream()
            .sorted((a, b) -> Double.compare(b.total(), a.total()))
            .map(v -> Integer.toString(v.id()))
            .toList());
  }
}
