package dev.percept.app.fact;

import dev.percept.bundle.FactConsistency;
import dev.percept.bundle.FactDeletion;
import dev.percept.bundle.FactExplanation;
import dev.percept.bundle.FactFolder;
import dev.percept.bundle.FactTrace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An explanation in short, for standard output.
 *
 * @param network name of its file
 * @param layer where the explained concepts are
 * @param faith whether the sums are exact, and what the autoencoders cost
 * @param classes with their first concepts
 * @param mistakes explained pictures that the network takes for something else, with the concept
 *     without which it is right, where there is one
 * @param deletion methods with the area under their curves
 * @param consistency C² of the methods
 * @param page where the page is
 */
public record FactSummary(
    String network,
    String layer,
    FactExplanation.Faith faith,
    List<FactExplanation.OfClass> classes,
    List<Mistake> mistakes,
    List<Area> deletion,
    List<FactConsistency.Row> consistency,
    String page) {

  /**
   * A picture that is taken for something else.
   *
   * @param rightWithout the concept without which the network is right, measured; null if there is
   *     none among those shown
   */
  public record Mistake(
      String picture, String truth, String said, @Nullable Integer rightWithout) {}

  /** Mean heights of a deletion curve. */
  public record Area(String method, boolean withAlwaysOn, double logit, double accuracy) {}

  /** The summary of a folder. */
  public static FactSummary of(FactFolder folder) {
    FactExplanation e = folder.explanation();
    FactDeletion deletion = e.deletion();
    FactConsistency consistency = e.consistency();
    return new FactSummary(
        e.network().file(),
        e.cuts().get(e.cuts().size() - 1).layer(),
        e.faith(),
        e.classes(),
        e.traces().stream()
            .filter(t -> wrong(e.pictures().get(t.picture())))
            .map(t -> mistake(e, t))
            .toList(),
        deletion == null
            ? List.of()
            : deletion.curves().stream()
                .map(c -> new Area(c.method(), c.withAlwaysOn(), c.areaLogit(), c.areaAccuracy()))
                .toList(),
        consistency == null ? List.of() : consistency.rows(),
        folder.folder().resolve(FactFolder.PAGE).toString());
  }

  private static boolean wrong(FactTrace.Picture picture) {
    Integer truth = picture.truth();
    return truth != null && truth != picture.predicted();
  }

  private static Mistake mistake(FactExplanation e, FactTrace trace) {
    FactTrace.Picture picture = e.pictures().get(trace.picture());
    Integer truth = picture.truth();
    return new Mistake(
        picture.name(),
        truth == null ? "" : e.network().outputs().get(truth),
        e.network().outputs().get(picture.predicted()),
        trace.removals().stream()
            .filter(r -> truth != null && r.predicted() == truth)
            .map(FactTrace.Removal::concept)
            .findFirst()
            .orElse(null));
  }
}
