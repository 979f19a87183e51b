package dev.percept.app;

import dev.percept.app.explain.Explanation;
import dev.percept.bundle.Bundle;
import dev.percept.bundle.ClassTexts;
import dev.percept.bundle.Importances;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code explain} prints for people. */
final class ConceptTable {
  /** Words of a concept in the table. */
  private static final int NAMED = 6;

  private ConceptTable() {}

  static void print(Explanation explanation, PrintWriter out) {
    Bundle bundle = explanation.bundle();
    boolean texts = bundle.kind().equals("texts");
    for (int i = 0; i < bundle.classes().size(); i++) {
      Bundle.ClassPart part = bundle.classes().get(i);
      Importances.OfClass importance = explanation.importances().classes().get(i);
      out.println(title(part, importance, texts ? "texts" : "pictures", texts ? "units" : "crops"));
      TextTable table =
          new TextTable(
              ">concept",
              ">importance",
              ">95 % interval",
              "logit",
              texts ? ">texts that have it" : ">pictures that have it",
              ">reliability",
              ">stability",
              texts ? "words" : "");
      for (Importances.OfConcept c : importance.concepts()) {
        table.row(
            Integer.toString(c.id()),
            Format.percent(c.total()),
            Format.percent(c.dataLow()) + " to " + Format.percent(c.dataHigh()),
            c.sign() > 0 ? "raises" : c.sign() < 0 ? "lowers" : "-",
            Format.percent(c.prevalence()),
            c.reliability() == null ? "-" : Format.percent(c.reliability()),
            Format.two(c.stability()),
            words(part, c.id()));
      }
      table.print(out);
      out.println();
    }
  }

  /** The words that carry a concept most, by the first way that lists any; empty for pictures. */
  private static String words(Bundle.ClassPart part, int concept) {
    ClassTexts texts = part.texts();
    if (texts == null) {
      return "";
    }
    List<ClassTexts.Ranked> by = texts.words().get(concept).by();
    ClassTexts.Ranked best =
        by.stream().filter(r -> r.method().equals("occlusion")).findFirst().orElse(by.get(0));
    return best.words().stream()
        .limit(NAMED)
        .map(ClassTexts.Word::word)
        .collect(Collectors.joining(", "));
  }

  private static String chosen(Bundle.ClassPart part, String many) {
    return part.rankCurve() == null
        ? ""
        : part.rankCurve().chosen() + " concepts by held-out " + many + " and stability, ";
  }

  private static String title(
      Bundle.ClassPart part, Importances.OfClass importance, String many, String parts) {
    return part.target().label()
        + " ("
        + part.target().index()
        + "): "
        + part.files().size()
        + " "
        + many
        + ", "
        + chosen(part, many)
        + (importance.designs() == 0
            ? "importance exact"
            : "importance sampled, " + importance.designs() + " designs")
        + ", top-1 "
        + Format.percent(part.accuracy().model())
        + " and "
        + Format.percent(part.accuracy().reconstructed())
        + " with concepts alone, R² "
        + Format.two(part.reconstruction().r2())
        + " of "
        + parts
        + ", "
        + Format.two(part.reconstruction().picturesR2())
        + " of "
        + many;
  }
}
