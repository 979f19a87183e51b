package dev.percept.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names that somebody may have meant. */
final class Nearest {
  private static final int NAMED = 3;
  private static final int LONGEST = 200;

  private Nearest() {}

  /** Up to three of {@code names}, the nearest first; of equally near ones the later first. */
  static List<String> of(String wanted, List<String> names) {
    List<String> order = new ArrayList<>(names);
    // The later tensor of a block is the more useful one: the sort below is stable.
    Collections.reverse(order);
    order.sort(Comparator.comparingInt(name -> distance(wanted, name)));
    return order.stream().limit(NAMED).toList();
  }

  /**
   * Edit distance from {@code wanted} to the best part of {@code name}: exporters write {@code
   * /layer4/layer4.2/Relu_output_0} where people write {@code layer4}.
   */
  static int distance(String wanted, String name) {
    String a = cut(wanted);
    String b = cut(name);
    int[] above = new int[b.length() + 1];
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return Arrays.stream(above).min().orElse(0);
  }

  private static String cut(String s) {
    String lower = s.toLowerCase(Locale.ROOT);
    return lower.length() > LONGEST ? lower.substring(0, LONGEST) : lower;
  }
}
