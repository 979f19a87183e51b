package dev.percept.app;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table in plain text: columns as wide as their widest cell, numbers to the right. */
public final class TextTable {
  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these column heads; a head that starts with {@code >} is set to the right. */
  public TextTable(String... head) {
    this.head = List.of(head);
  }

  /** Adds a row with one cell a column. */
  public void row(String... cells) {
    if (cells.length != head.size()) {
      throw new IllegalArgumentException(
          "table: " + head.size() + " columns, found " + cells.length + " cells");
    }
    rows.add(List.of(cells));
  }

  /** Prints head, rule and rows. */
  public void print(PrintWriter out) {
    int[] widths = new int[head.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = title(c).length();
      for (List<String> row : rows) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    List<String> titles = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    for (int c = 0; c < widths.length; c++) {
      titles.add(title(c));
      rules.add("-".repeat(widths[c]));
    }
    line(out, titles, widths);
    line(out, rules, widths);
    rows.forEach(row -> line(out, row, widths));
  }

  private String title(int column) {
    String title = head.get(column);
    return title.startsWith(">") ? title.substring(1) : title;
  }

  private void line(PrintWriter out, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String space = " ".repeat(widths[c] - cells.get(c).length());
      line.append(c == 0 ? "" : "  ");
      line.append(head.get(c).startsWith(">") ? space + cells.get(c) : cells.get(c) + space);
    }
    out.println(line.toString().stripTrailing());
  }
}
