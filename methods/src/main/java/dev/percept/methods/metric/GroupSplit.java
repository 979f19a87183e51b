package dev.percept.methods.metric;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Rows in two parts that share no group, drawn at random.
 *
 * @param first indices of rows, ascending
 * @param second the others
 */
record GroupSplit(List<Integer> first, List<Integer> second) {
  /**
   * Splits.
   *
   * @param share of the groups that goes to the first part, at least one group if there are two
   */
  static GroupSplit of(int[] groups, double share, RandomGenerator random) {
    List<Integer> distinct =
        Arrays.stream(groups).distinct().sorted().boxed().collect(Collectors.toList());
    for (int i = distinct.size() - 1; i > 0; i--) {
      Collections.swap(distinct, i, random.nextInt(i + 1));
    }
    int count = (int) (share * distinct.size());
    count = distinct.size() > 1 ? Math.max(1, count) : 0;
    SortedSet<Integer> chosen = new TreeSet<>(distinct.subList(0, count));
    List<Integer> first = new ArrayList<>();
    List<Integer> second = new ArrayList<>();
    for (int i = 0; i < groups.length; i++) {
      (chosen.contains(groups[i]) ? first : second).add(i);
    }
    return new GroupSplit(first, second);
  }

  /** A copy of some rows of a matrix. */
  static Tensor rows(Tensor all, List<Integer> rows) {
    int p = all.shape().dim(1);
    FloatBuffer chosen = Tensor.allocateDirect(Math.multiplyExact(rows.size(), p));
    for (int row : rows) {
      chosen.put(all.row(row).buffer());
    }
    return Tensor.wrap(Shape.of(rows.size(), p), chosen.flip());
  }
}
