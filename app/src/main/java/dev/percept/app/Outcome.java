package dev.percept.app;

import dev.percept.app.explain.Explanation;
import java.io.PrintWriter;

/** What a user is told after an explanation was written. */
final class Outcome {
  private static final int NAMED = 5;

  private Outcome() {}

  static void print(Explanation explanation, boolean json, PrintWriter out, PrintWriter err) {
    explanation.notes().forEach(note -> err.println("percept: " + note));
    var skipped = explanation.bundle().provenance().skipped();
    if (!skipped.isEmpty()) {
      err.println(
          "percept: "
              + (skipped.size() == 1 ? "1 picture" : skipped.size() + " pictures")
              + " could not be read, left out:");
      skipped.stream().limit(NAMED).forEach(name -> err.println("  " + name));
      if (skipped.size() > NAMED) {
        err.println("  ... and " + (skipped.size() - NAMED) + " more; bundle.json names them all");
      }
    }
    var classes = explanation.bundle().classes();
    classes.forEach(
        part -> {
          String of = classes.size() == 1 ? "" : part.target().label() + ": ";
          part.warnings().forEach(w -> err.println("percept: warning: " + of + w));
        });
    if (json) {
      JsonOutput.print(explanation.importances(), out);
    } else {
      ConceptTable.print(explanation, out);
      out.println("page: " + explanation.page());
    }
  }
}
