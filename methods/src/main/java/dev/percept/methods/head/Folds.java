package dev.percept.methods.head;

import dev.percept.core.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Parts of the data that are left out in turn: each class is spread over them evenly, and what is
 * of one group (the same picture twice) lies in one part.
 *
 * @param of the fold of each row
 * @param count how many there are
 */
record Folds(List<Integer> of, int count) {
  Folds {
    of = List.copyOf(of);
  }

  /**
   * Draws folds.
   *
   * @param labels of the rows
   * @param groups of the rows; a group that has rows of several classes counts for the first
   * @param run draws from {@code head.folds}
   */
  static Folds draw(int[] labels, List<String> groups, int classes, int count, Run run) {
    Map<String, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < labels.length; i++) {
      members.computeIfAbsent(groups.get(i), g -> new ArrayList<>()).add(i);
    }
    RandomGenerator random = run.random("head.folds");
    Integer[] of = new Integer[labels.length];
    int next = 0;
    for (int c = 0; c < classes; c++) {
      int label = c;
      List<List<Integer>> own =
          new ArrayList<>(
              members.values().stream().filter(rows -> labels[rows.get(0)] == label).toList());
      for (int i = own.size() - 1; i > 0; i--) {
        Collections.swap(own, i, random.nextInt(i + 1));
      }
      for (List<Integer> rows : own) {
        for (int row : rows) {
          of[row] = next % count;
        }
        next++;
      }
    }
    return new Folds(List.of(of), count);
  }

  /** The rows of a fold. */
  List<Integer> in(int fold) {
    return IntStream.range(0, of.size()).filter(i -> of.get(i) == fold).boxed().toList();
  }

  /** The rows that are in neither of two folds, which may be the same one. */
  List<Integer> without(int one, int other) {
    return IntStream.range(0, of.size())
        .filter(i -> of.get(i) != one && of.get(i) != other)
        .boxed()
        .toList();
  }
}
