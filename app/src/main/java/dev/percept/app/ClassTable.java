package dev.percept.app;

import dev.percept.bundle.ClassComparison;
import dev.percept.report.ContrastStory;
import java.io.PrintWriter;
import java.util.Locale;

/** What {@code compare-classes} prints for people. */
final class ClassTable {
  private ClassTable() {}

  static void print(ClassComparison of, PrintWriter out) {
    String a = of.a().label().label();
    String b = of.b().label().label();
    out.println(
        a
            + " ("
            + of.a().examples()
            + ") and "
            + b
            + " ("
            + of.b().examples()
            + " "
            + of.modality()
            + ") in "
            + of.concepts().size()
            + " concepts of "
            + of.model()
            + " at "
            + of.layer());
    TextTable table =
        new TextTable(
            ">concept",
            ">difference",
            ">95 % interval",
            ">used for " + a,
            ">95 % interval",
            ">used for " + b,
            ">95 % interval",
            "quadrant");
    for (ClassComparison.OfConcept k : of.concepts()) {
      ClassComparison.Difference d = k.difference();
      double unit = d.unit() == 0 ? 1 : d.unit();
      table.row(
          Integer.toString(k.id()),
          Format.two(d.delta() / unit),
          Format.two(d.low() / unit) + " to " + Format.two(d.high() / unit),
          Format.percent(k.a().total()),
          between(k.a()),
          Format.percent(k.b().total()),
          between(k.b()),
          k.quadrant());
    }
    table.print(out);
    out.println(
        String.format(
            Locale.ROOT,
            "Differences in units of the concept: alike within %.2f, different beyond %.2f (chance"
                + " reaches %.2f). Used: above %s and %s.",
            of.thresholds().shared(),
            of.thresholds().differs(),
            of.thresholds().chance(),
            Format.percent(of.thresholds().usedA()),
            Format.percent(of.thresholds().usedB())));
    out.println();
    out.println(ContrastStory.conclusion(of));
  }

  private static String between(ClassComparison.Use use) {
    return Format.percent(use.low()) + " to " + Format.percent(use.high());
  }
}
