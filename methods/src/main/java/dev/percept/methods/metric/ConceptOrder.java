package dev.percept.methods.metric;

import dev.percept.core.Importance;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Orders in which concepts are taken away. */
public final class ConceptOrder {
  private ConceptOrder() {}

  /**
   * For each example its concepts, the most helpful first: largest importance among those that
   * raise the score, at the end those that lower it, the worst last; each example by its own sign
   * where the scale has one, else by that of the concept. Without a sign, taking away a concept
   * that speaks against the class would look like a failure.
   */
  public static List<int[]> byImportance(Importance importance) {
    Tensor each = importance.perExample();
    int r = each.shape().dim(1);
    List<int[]> orders = new ArrayList<>();
    for (int e = 0; e < each.rows(); e++) {
      double[] help = new double[r];
      for (int k = 0; k < r; k++) {
        double sign = importance.scale().signed() ? 1 : importance.concepts().get(k).sign();
        help[k] = sign * each.get(e, k);
      }
      orders.add(descending(help));
    }
    return orders;
  }

  /**
   * For each example its concepts, the largest contribution first.
   *
   * @param contributions n x r
   */
  public static List<int[]> byContribution(Tensor contributions) {
    int r = contributions.shape().dim(1);
    List<int[]> orders = new ArrayList<>();
    for (int e = 0; e < contributions.rows(); e++) {
      double[] help = new double[r];
      for (int k = 0; k < r; k++) {
        help[k] = contributions.get(e, k);
      }
      orders.add(descending(help));
    }
    return orders;
  }

  private static int[] descending(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, k -> k);
    Arrays.sort(order, Comparator.comparingDouble((Integer k) -> -values[k]));
    return Arrays.stream(order).mapToInt(k -> k).toArray();
  }

  /** All r concepts, in an order by chance. */
  public static int[] random(int r, RandomGenerator random) {
    int[] order = new int[r];
    for (int k = 0; k < r; k++) {
      int other = random.nextInt(k + 1);
      order[k] = order[other];
      order[other] = k;
    }
    return order;
  }

  static int[] check(int[] order, int r) {
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    for (int k = 0; k < Math.max(r, sorted.length); k++) {
      if (sorted.length != r || sorted[k] != k) {
        throw new IllegalArgumentException(
            "order: each of the " + r + " concepts once, found " + Arrays.toString(order));
      }
    }
    return order;
  }
}
