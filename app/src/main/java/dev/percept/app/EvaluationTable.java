package dev.percept.app;

import dev.percept.bundle.Evaluation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Methods by metrics in plain text, a few metrics at a time. */
final class EvaluationTable {
  private static final int ACROSS = 4;

  private EvaluationTable() {}

  static void print(Evaluation e, PrintWriter out) {
    out.println(
        e.pictures()
            + " pictures of "
            + (e.classes().size() == 1
                ? "class '" + e.classes().get(0).label() + "'"
                : e.classes().size() + " classes")
            + "; baseline of the metrics: "
            + e.baseline());
    out.println("mean (95 % interval over pictures); * best of the column, = not told apart from");
    out.println("the best, ~ no better than a random map");
    for (int from = 0; from < e.metrics().size(); from += ACROSS) {
      out.println();
      block(e, from, Math.min(from + ACROSS, e.metrics().size()), out);
    }
    if (!e.cascade().isEmpty()) {
      out.println();
      cascade(e, out);
    }
    out.println();
    times(e, out);
  }

  private static void block(Evaluation e, int from, int to, PrintWriter out) {
    List<String> head = new ArrayList<>(List.of("method"));
    List<String> pictures = new ArrayList<>(List.of("pictures"));
    for (int c = from; c < to; c++) {
      Evaluation.Metric m = e.metrics().get(c);
      head.add(">" + m.name() + (m.better().equals("lower") ? " (low)" : " (high)"));
      pictures.add(e.methods().get(0).cells().get(c).pictures() + "  ");
    }
    TextTable table = new TextTable(head.toArray(String[]::new));
    for (Evaluation.Method m : e.methods()) {
      List<String> cells = new ArrayList<>(List.of(m.name()));
      m.cells().subList(from, to).forEach(cell -> cells.add(cell(cell) + mark(cell)));
      table.row(cells.toArray(String[]::new));
    }
    table.row(pictures.toArray(String[]::new));
    table.print(out);
  }

  private static String cell(Evaluation.Cell c) {
    return number(c.mean()) + " (" + number(c.low()) + " to " + number(c.high()) + ")";
  }

  private static String mark(Evaluation.Cell c) {
    Evaluation.Difference over = c.overRandom();
    return (c.best() ? "*" : c.tied() ? "=" : " ") + (over != null && over.low() <= 0 ? "~" : " ");
  }

  static String number(double v) {
    return String.format(Locale.ROOT, Math.abs(v) >= 100 ? "%.1f" : "%.3f", v);
  }

  private static void cascade(Evaluation e, PrintWriter out) {
    out.println("likeness of maps with those of the model when weights are random");
    List<String> head = new ArrayList<>(List.of("method"));
    e.cascade().forEach(s -> head.add(">" + s.name() + " (" + s.layers() + ")"));
    TextTable table = new TextTable(head.toArray(String[]::new));
    for (int m = 0; m < e.methods().size(); m++) {
      List<String> cells = new ArrayList<>(List.of(e.methods().get(m).name()));
      for (Evaluation.Stage s : e.cascade()) {
        cells.add(cell(s.likeness().get(m)));
      }
      table.row(cells.toArray(String[]::new));
    }
    table.print(out);
  }

  private static void times(Evaluation e, PrintWriter out) {
    TextTable table =
        new TextTable("method", ">time a picture", ">passes forward", ">back", "settings");
    for (Evaluation.Method m : e.methods()) {
      table.row(
          m.name(),
          String.format(Locale.ROOT, "%.4f s", m.secondsPerPicture()),
          Long.toString(m.forwards()),
          Long.toString(m.backwards()),
          m.settings());
    }
    table.print(out);
  }
}
