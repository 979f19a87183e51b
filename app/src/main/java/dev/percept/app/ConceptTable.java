package dev.percept.app;

import dev.percept.app.explain.Explanation;
import dev.percept.bundle.Bundle;
import dev.percept.bundle.Importances;
import java.io.PrintWriter;

/** What {@code explain} prints for people. */
final class ConceptTable {
  private ConceptTable() {}

  static void print(Explanation explanation, PrintWriter out) {
    Bundle bundle = explanation.bundle();
    for (int i = 0; i < bundle.classes().size(); i++) {
      Bundle.ClassPart part = bundle.classes().get(i);
      Importances.OfClass importance = explanation.importances().classes().get(i);
      out.println(title(part, importance));
      TextTable table =
          new TextTable(
              ">concept",
              ">importance",
              ">95 % interval",
              "logit",
              ">pictures that have it",
              ">reliability",
              ">stability");
      for (Importances.OfConcept c : importance.concepts()) {
        table.row(
            Integer.toString(c.id()),
            Format.percent(c.total()),
            Format.percent(c.dataLow()) + " to " + Format.percent(c.dataHigh()),
            c.sign() > 0 ? "raises" : c.sign() < 0 ? "lowers" : "-",
            Format.percent(c.prevalence()),
            c.reliability() == null ? "-" : Format.percent(c.reliability()),
            Format.two(c.stability()));
      }
      table.print(out);
      out.println();
    }
  }

  private static String chosen(Bundle.ClassPart part) {
    return part.rankCurve() == null
        ? ""
        : part.rankCurve().chosen() + " concepts by held-out pictures and stability, ";
  }

  private static String title(Bundle.ClassPart part, Importances.OfClass importance) {
    return part.target().label()
        + " ("
        + part.target().index()
        + "): "
        + part.files().size()
        + " pictures, "
        + chosen(part)
        + (importance.designs() == 0
            ? "importance exact"
            : "importance sampled, " + importance.designs() + " designs")
        + ", top-1 "
        + Format.percent(part.accuracy().model())
        + " and "
        + Format.percent(part.accuracy().reconstructed())
        + " with concepts alone, R² "
        + Format.two(part.reconstruction().r2())
        + " of crops, "
        + Format.two(part.reconstruction().picturesR2())
        + " of pictures";
  }
}
