package dev.percept.report;

import dev.percept.bundle.Sweep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What can be said of a sweep in sentences, never more than its intervals allow. */
final class SweepWords {
  /** Axes in the order in which they are drawn along, where several are swept. */
  private static final Map<String, Function<Sweep.Point, Object>> AXES =
      new java.util.LinkedHashMap<>();

  static {
    AXES.put("patch", Sweep.Point::patch);
    AXES.put("concepts", Sweep.Point::concepts);
    AXES.put("pictures", Sweep.Point::pictures);
    AXES.put("layer", Sweep.Point::layer);
  }

  private final Sweep of;
  private final String axis;

  SweepWords(Sweep of) {
    this.of = of;
    this.axis =
        AXES.entrySet().stream()
            .filter(
                a ->
                    of.sides().stream()
                        .anyMatch(
                            s -> s.points().stream().map(a.getValue()).distinct().count() > 1))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("patch");
  }

  /** What curves are drawn against: the first axis that has more than one value. */
  String axis() {
    return axis;
  }

  /** The most stable setting of the first model, and which others cannot be told from it. */
  String headline() {
    List<Sweep.Point> points = series(of.sides().get(0));
    Sweep.Point best = best(points, "stability");
    if (best == null) {
      return "Nothing was measured.";
    }
    Sweep.Value v = value(best, "stability");
    if (points.size() == 1) {
      return "One setting alone says nothing about the others.";
    }
    if (!(v.low() > v.chance())) {
      return "With no setting are concepts found again more surely than chance would have it.";
    }
    List<String> alike = new ArrayList<>();
    for (Sweep.Point p : points) {
      Sweep.Value other = value(p, "stability");
      if (!p.equals(best) && other.high() >= v.low()) {
        alike.add(word(p, true));
      }
    }
    String first =
        capital(word(best, false)) + " give the concepts that are found again most surely";
    if (alike.size() == points.size() - 1) {
      return "With no setting are concepts found again so much more surely than with the others that"
          + " it could be told.";
    }
    if (alike.isEmpty()) {
      return first + ".";
    }
    return first + ", but " + Plain.list(alike) + " cannot" + " be told from that.";
  }

  /** What happens at a transformer's own patch size; one sentence a model that has one. */
  List<String> own() {
    List<String> said = new ArrayList<>();
    if (!axis.equals("patch")) {
      return said;
    }
    for (Sweep.Side side : of.sides()) {
      List<Sweep.Point> points = series(side);
      if (side.ownPatches().isEmpty() || points.size() < 2) {
        continue;
      }
      int own = side.ownPatches().get(0);
      Sweep.Point near =
          points.stream()
              .min(Comparator.comparingDouble(p -> Math.abs(Math.log((double) p.patch() / own))))
              .orElseThrow();
      StringBuilder text = new StringBuilder();
      text.append(side.model())
          .append(side.ownPatchesFrom().equals("attention") ? " attends to squares of " : " sees ")
          .append(Plain.list(side.ownPatches().stream().map(p -> Integer.toString(p)).toList()))
          .append(side.ownPatchesFrom().equals("attention") ? " pixels. " : "-pixel patches. ")
          .append("Crops nearest to ")
          .append(side.ownPatches().size() > 1 ? "the smallest" : "that")
          .append(", of ")
          .append(near.patch())
          .append(" pixels");
      List<String> compared = new ArrayList<>();
      for (String figure : List.of("stability", "consistency", "picture-r2")) {
        Sweep.Point best =
            points.stream()
                .filter(p -> Double.isFinite(gain(p, figure).value()))
                .max(Comparator.comparingDouble(p -> gain(p, figure).value()))
                .orElse(null);
        if (best == null) {
          continue;
        }
        String name = NAMES.getOrDefault(figure, figure);
        Sweep.Value here = gain(near, figure);
        Sweep.Value there = gain(best, figure);
        boolean worse = !best.equals(near) && here.high() < there.low();
        compared.add(
            best.equals(near)
                ? "the best " + name + " of all sizes (" + Plain.decimal(here.value()) + ")"
                : name
                    + " "
                    + Plain.decimal(here.value())
                    + " against "
                    + Plain.decimal(there.value())
                    + " at "
                    + best.patch()
                    + (worse ? "" : " (which cannot be told apart)"));
      }
      said.add(
          text.append(", above what chance gives: ")
              .append(Plain.list(compared))
              .append(".")
              .toString());
    }
    return said;
  }

  private static final Map<String, String> NAMES =
      Map.of(
          "stability", "stability",
          "consistency", "likeness of a concept’s crops",
          "picture-r2", "variance kept in whole pictures");

  /** The points along the axis with everything else as in the middle of the grid. */
  private List<Sweep.Point> series(Sweep.Side side) {
    List<Sweep.Point> points = side.points();
    for (Map.Entry<String, Function<Sweep.Point, Object>> other : AXES.entrySet()) {
      if (!other.getKey().equals(axis)) {
        List<Object> values = points.stream().map(other.getValue()).distinct().toList();
        // Of pictures all, of anything else the middle: as the page shows it at first.
        Object chosen =
            values.get(other.getKey().equals("pictures") ? values.size() - 1 : values.size() / 2);
        points = points.stream().filter(p -> other.getValue().apply(p).equals(chosen)).toList();
      }
    }
    return points;
  }

  private static Sweep.@Nullable Point best(List<Sweep.Point> points, String figure) {
    return points.stream()
        .filter(p -> Double.isFinite(value(p, figure).value()))
        .max(Comparator.comparingDouble(p -> value(p, figure).value()))
        .orElse(null);
  }

  private static Sweep.Value value(Sweep.Point point, String figure) {
    Sweep.Value value = point.figures().get(figure);
    return value == null ? new Sweep.Value(Double.NaN, Double.NaN, Double.NaN, Double.NaN) : value;
  }

  /** A figure above what chance gives at the same point: that differs from size to size. */
  private static Sweep.Value gain(Sweep.Point point, String figure) {
    Sweep.Value v = value(point, figure);
    double chance = v.chance();
    return new Sweep.Value(v.value() - chance, v.low() - chance, v.high() - chance, 0);
  }

  private String word(Sweep.Point p, boolean bare) {
    return switch (axis) {
      case "concepts" -> bare ? Integer.toString(p.concepts()) : p.concepts() + " concepts";
      case "pictures" -> bare ? Integer.toString(p.pictures()) : p.pictures() + " pictures";
      case "layer" -> bare ? p.layer() : "activations at " + p.layer();
      default -> bare ? Integer.toString(p.patch()) : "crops of " + p.patch() + " pixels";
    };
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
  }
}
