package dev.percept.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names that somebody may have meant. */
final class Nearest {
  private static final int NAMED = 3;
  private static final int LONGEST = 200;

  /**
   * What an omitted letter costs: exporters write {@code /layer4/layer4.2/Relu_output_0} where
   * people write {@code layer4}.
   */
  private static final double OMITTED = 0.2;

  private Nearest() {}

  /** Up to three of {@code names}, the nearest first; of equally near ones the later first. */
  static List<String> of(String wanted, List<String> names) {
    List<String> order = new ArrayList<>(names);
    // The later tensor of a block is the more useful one: the sort below is stable.
    Collections.reverse(order);
    order.sort(Comparator.comparingDouble(name -> distance(wanted, name)));
    return order.stream().limit(NAMED).toList();
  }

  /** Edit distance from {@code wanted} to {@code name}; omitting letters is cheap. */
  static double distance(String wanted, String name) {
    String a = cut(wanted);
    String b = cut(name);
    double[] above = new double[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j * OMITTED;
    }
    for (int i = 1; i <= a.length(); i++) {
      double[] row = new double[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        double change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j] + 1, row[j - 1] + OMITTED));
      }
      above = row;
    }
    return above[b.length()];
  }

  private static String cut(String s) {
    String lower = s.toLowerCase(Locale.ROOT);
    return lower.length() > LONGEST ? lower.substring(0, LONGEST) : lower;
  }
}
