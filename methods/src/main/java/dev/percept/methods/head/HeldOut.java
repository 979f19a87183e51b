package dev.percept.methods.head;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well a classifier does on what it has not seen.
 *
 * @param right how many answers were right
 * @param of how many there were
 * @param low lower end of the 95 % interval of the share (Wilson)
 * @param high upper end
 * @param majority share that always answering the most frequent class would get right
 * @param confusion one row a true class, one column an answer
 */
public record HeldOut(
    int right, int of, double low, double high, double majority, List<List<Integer>> confusion) {
  /** 97.5 % of a normal distribution lies below this. */
  private static final double Z = 1.959964;

  public HeldOut {
    confusion = confusion.stream().map(List::copyOf).toList();
  }

  /**
   * Compares answers with the truth.
   *
   * @param labels the truth, from 0 to {@code classes} − 1
   * @param predicted as many answers
   */
  public static HeldOut of(List<Integer> labels, List<Integer> predicted, int classes) {
    if (labels.isEmpty() || labels.size() != predicted.size()) {
      throw new IllegalArgumentException(
          "labels and predicted: as many of each, at least 1, found "
              + labels.size()
              + " and "
              + predicted.size());
    }
    List<List<Integer>> confusion = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      confusion.add(new ArrayList<>(Collections.nCopies(classes, 0)));
    }
    for (int i = 0; i < labels.size(); i++) {
      List<Integer> row = confusion.get(labels.get(i));
      row.set(predicted.get(i), row.get(predicted.get(i)) + 1);
    }
    int right = IntStream.range(0, classes).map(c -> confusion.get(c).get(c)).sum();
    int most = confusion.stream().mapToInt(r -> r.stream().mapToInt(v -> v).sum()).max().orElse(0);
    int n = labels.size();
    double share = (double) right / n;
    double centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
    double half = Z / (1 + Z * Z / n) * Math.sqrt(share * (1 - share) / n + Z * Z / (4.0 * n * n));
    return new HeldOut(
        right,
        n,
        Math.max(0, centre - half),
        Math.min(1, centre + half),
        (double) most / n,
        confusion);
  }

  /** The share of right answers. */
  public double accuracy() {
    return (double) right / of;
  }

  /** The share of the examples of a class that were given that class. */
  public double recall(int c) {
    int all = confusion.get(c).stream().mapToInt(v -> v).sum();
    return all == 0 ? 0 : (double) confusion.get(c).get(c) / all;
  }
}
