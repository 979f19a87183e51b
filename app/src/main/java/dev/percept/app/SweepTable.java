package dev.percept.app;

import dev.percept.bundle.Sweep;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code sweep} prints for people: value, and what chance gives in brackets. */
final class SweepTable {
  private static final Map<String, String> HEADS =
      Map.of(
          "crop-r2", ">R² crops",
          "picture-r2", ">R² pictures",
          "consistency", ">crops alike",
          "stability", ">stability",
          "carrying", ">carry 80 %",
          "effective", ">effective",
          "kept", ">answers kept",
          "right", ">answers right",
          "exam-auroc", ">exam AUROC",
          "exam-rank", ">exam rank");

  private SweepTable() {}

  static void print(Sweep sweep, PrintWriter out) {
    for (Sweep.Side side : sweep.sides()) {
      out.println(
          side.target().label()
              + " ("
              + side.target().index()
              + ") in "
              + side.model()
              + ", "
              + side.width()
              + " x "
              + side.height()
              + ", "
              + side.extractor()
              + (side.ownPatches().isEmpty() ? "" : ", own patches " + side.ownPatches()));
      List<String> names =
          Sweep.FIGURES.stream()
              .filter(name -> side.points().stream().anyMatch(p -> p.figures().containsKey(name)))
              .toList();
      List<String> head = new ArrayList<>();
      head.addAll(List.of("layer", ">pictures", ">patch", ">concepts", ">crops"));
      names.forEach(name -> head.add(HEADS.getOrDefault(name, name)));
      TextTable table = new TextTable(head.toArray(String[]::new));
      for (Sweep.Point p : side.points()) {
        List<String> cells =
            new ArrayList<>(
                List.of(
                    p.layer(),
                    Integer.toString(p.pictures()),
                    Integer.toString(p.patch()),
                    Integer.toString(p.concepts()),
                    Integer.toString(p.crops())));
        names.forEach(name -> cells.add(cell(p.figures().get(name))));
        table.row(cells.toArray(String[]::new));
      }
      table.print(out);
      out.println();
    }
    out.println("In brackets: the same for concepts by chance. Intervals are in sweep.json.");
  }

  private static String cell(Sweep.@Nullable Value value) {
    if (value == null || Double.isNaN(value.value())) {
      return "-";
    }
    String chance = Double.isNaN(value.chance()) ? "" : " (" + Format.two(value.chance()) + ")";
    return Format.two(value.value()) + chance;
  }
}
