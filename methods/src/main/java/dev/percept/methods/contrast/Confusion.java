package dev.percept.methods.contrast;

import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.Share;
import dev.percept.methods.metric.Top1;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model answers for examples of each class. Classes that the model knows but that have no
 * examples here are counted together.
 *
 * @param classes those with examples, in the order of rows and columns
 * @param counts one row a true class: how often each of {@code classes} was answered, then any
 *     other
 */
public record Confusion(List<Target> classes, List<List<Integer>> counts) {
  public Confusion {
    classes = List.copyOf(classes);
    counts = counts.stream().map(List::copyOf).toList();
    int m = classes.size();
    if (counts.size() != m || counts.stream().anyMatch(row -> row.size() != m + 1)) {
      throw new IllegalArgumentException(
          "confusion: one row a class and one column more than classes, found "
              + counts.size()
              + " rows for "
              + m
              + " classes");
    }
  }

  /**
   * Two classes and how often one is taken for the other.
   *
   * @param a row and column of the first
   * @param b row and column of the second
   * @param forth of a's examples, those answered as b
   * @param back of b's examples, those answered as a
   */
  public record Pair(int a, int b, Share forth, Share back) {
    /** Both together. */
    public Share both() {
      return new Share(forth.count() + back.count(), forth.of() + back.of());
    }
  }

  /**
   * Counts answers.
   *
   * @param logits one tensor a class, n x outputs, of its examples
   * @throws IllegalArgumentException if there is not one tensor a class
   */
  public static Confusion of(List<Target> classes, List<Tensor> logits) {
    if (classes.isEmpty() || classes.size() != logits.size()) {
      throw new IllegalArgumentException(
          "logits: one tensor a class, at least 1, found "
              + logits.size()
              + " for "
              + classes.size()
              + " classes");
    }
    List<List<Integer>> counts = new ArrayList<>();
    for (Tensor of : logits) {
      int[] row = new int[classes.size() + 1];
      for (int answer : Top1.of(of)) {
        row[column(classes, answer)]++;
      }
      counts.add(IntStream.of(row).boxed().toList());
    }
    return new Confusion(classes, counts);
  }

  private static int column(List<Target> classes, int answer) {
    for (int c = 0; c < classes.size(); c++) {
      if (classes.get(c).index() == answer) {
        return c;
      }
    }
    return classes.size();
  }

  /** Of the examples of class {@code row}, those that were answered rightly. */
  public Share right(int row) {
    return new Share(counts.get(row).get(row), examples(row));
  }

  /** How many examples class {@code row} has. */
  public int examples(int row) {
    return counts.get(row).stream().mapToInt(Integer::intValue).sum();
  }

  /** How often {@code a} and {@code b} are taken for each other. */
  public Pair pair(int a, int b) {
    return new Pair(
        a,
        b,
        new Share(counts.get(a).get(b), examples(a)),
        new Share(counts.get(b).get(a), examples(b)));
  }

  /** Pairs that are confused at all, the most confused first: by share, then by order. */
  public List<Pair> mostConfused() {
    List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < classes.size(); a++) {
      for (int b = a + 1; b < classes.size(); b++) {
        Pair pair = pair(a, b);
        if (pair.both().count() > 0) {
          pairs.add(pair);
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(p -> -p.both().value().orElse(0)));
    return List.copyOf(pairs);
  }
}
