package dev.percept.report;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.ConceptMaps;
import dev.percept.bundle.LoadedBundle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The kinds of maps that a class has beside its codes. */
final class MapViews {
  private final Bundle.ClassPart part;
  private final Maps codes;
  private final List<MethodMaps> maps = new ArrayList<>();

  MapViews(LoadedBundle loaded, Bundle.ClassPart part, Maps codes) {
    this.part = part;
    this.codes = codes;
    part.maps().forEach(kind -> maps.add(new MethodMaps(loaded.maps(part, kind))));
  }

  List<PageModel.MapView> views() {
    return IntStream.range(0, maps.size()).mapToObj(this::view).toList();
  }

  private PageModel.MapView view(int i) {
    ConceptMaps kind = part.maps().get(i);
    return new PageModel.MapView(
        kind.method(),
        kind.about(),
        settings(kind),
        kind.signed(),
        maps.get(i).rows(),
        maps.get(i).columns());
  }

  private static String settings(ConceptMaps kind) {
    List<String> parts = new ArrayList<>();
    if (!kind.settings().isEmpty()) {
      parts.add(kind.settings());
    }
    parts.add(kind.baseline() == null ? "no baseline" : "baseline: " + kind.baseline());
    parts.add(
        kind.forwards()
            + (kind.forwards() == 1 ? " pass forward" : " passes forward")
            + (kind.backwards() == 0 ? "" : " and " + kind.backwards() + " backward")
            + " a map");
    Double dependent = kind.dependent();
    if (dependent != null) {
      parts.add(
          dependent == 0
              ? "the derivative of the codes is exact"
              : "the derivative of the codes is approximate at "
                  + Plain.percent(dependent)
                  + " of the places, where concepts all but depend on one another");
    }
    return String.join("; ", parts);
  }

  /** The maps of a picture: one list a kind, empty where that kind has none of this picture. */
  List<List<String>> of(Bundle.PicturePart picture) {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      int at = part.maps().get(i).pictures().indexOf(picture.row());
      List<String> concepts = new ArrayList<>();
      for (int k = 0; at >= 0 && k < part.concepts().size(); k++) {
        concepts.add(maps.get(i).picture(at, k, codes.strongest(picture.row(), k)));
      }
      all.add(concepts);
    }
    return all;
  }

  /** What the maps of a picture add to the page, in bytes. */
  static long bytes(Bundle.ClassPart part, Bundle.PicturePart picture) {
    long bytes = 0;
    for (ConceptMaps kind : part.maps()) {
      if (kind.pictures().contains(picture.row())) {
        long cells =
            (long) Math.min(MethodMaps.CELLS, kind.rows())
                * Math.min(MethodMaps.CELLS, kind.columns());
        bytes += part.concepts().size() * (24 + (cells + 2) / 3 * 4);
      }
    }
    return bytes;
  }
}
