package dev.percept.onnx;

import dev.percept.core.Grid;
import dev.percept.core.PerceptException;
import java.util.ArrayList;
import java.util.List;

/** Cuts that lie before another one, for taking its concepts apart. */
public final class EarlierCuts {
  private EarlierCuts() {}

  /**
   * {@code count} cuts before {@code cut}, the nearest first: each is the last clean one whose
   * values are never negative and that has more places than the one behind it, so that it sees
   * smaller things. Fewer where the model has no more.
   */
  public static List<Cut> choose(Cuts cuts, Cut cut, int count) {
    List<Cut> all = cuts.all();
    List<Cut> chosen = new ArrayList<>();
    int finer = cut.places();
    for (int i = all.indexOf(cut) - 1; i >= 0 && chosen.size() < count; i--) {
      Cut at = all.get(i);
      if (at.clean() && at.usable() && at.nonNegative() && at.places() > finer) {
        // Behind a rectifier there may be what only hands its values on.
        Cut origin = cuts.origin(at);
        chosen.add(origin);
        finer = origin.places();
        i = all.indexOf(origin);
      }
    }
    return chosen;
  }

  /**
   * The cuts that are named, which must lie one before the other, the first before {@code cut}.
   *
   * @throws PerceptException if there is no such clean cut or it lies elsewhere
   */
  public static List<Cut> find(Cuts cuts, Cut cut, List<String> layers) {
    List<Cut> all = cuts.all();
    List<Cut> found = new ArrayList<>();
    Cut later = cut;
    for (String layer : layers) {
      Cut at = cuts.find(layer);
      if (all.indexOf(at) >= all.indexOf(later)) {
        throw new PerceptException(
            "'"
                + layer
                + "' does not lie before '"
                + later.tensor()
                + "', so no concept of that can be taken apart there; name earlier layers from"
                + " later to earlier ('percept inspect' lists them in their order)");
      }
      Grid grid = at.grid();
      if (grid == null || !grid.isSpatial()) {
        throw new PerceptException(
            "'" + layer + "' has one location only; name a layer with a map ('percept inspect')");
      }
      found.add(at);
      later = at;
    }
    return found;
  }
}
