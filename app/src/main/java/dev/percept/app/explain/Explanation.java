package dev.percept.app.explain;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.Importances;
import dev.percept.bundle.Timings;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run has found and written.
 *
 * @param folder where the bundle lies
 * @param bundle its main part
 * @param importances its importances
 * @param timings how long it took
 * @param notes what the user should know, beside the bundle's own warnings
 */
public record Explanation(
    Path folder, Bundle bundle, Importances importances, Timings timings, List<String> notes) {
  public Explanation {
    notes = List.copyOf(notes);
  }

  /** The page. */
  public Path page() {
    return folder.resolve("report.html");
  }
}
