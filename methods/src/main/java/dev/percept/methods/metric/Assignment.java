package dev.percept.methods.metric;

import java.util.Arrays;

/**
 * Optimal assignment: each row gets a column of its own so that the sum is largest. Shortest
 * augmenting paths with potentials (Kuhn, 1955; Jonker and Volgenant, 1987), cubic.
 */
public final class Assignment {
  private Assignment() {}

  /**
   * The best assignment.
   *
   * @param values rows x columns, at least as many columns as rows, finite
   * @return the column of each row
   */
  public static int[] maximise(double[][] values) {
    int rows = values.length;
    int columns = rows == 0 ? 0 : values[0].length;
    if (columns < rows) {
      throw new IllegalArgumentException(
          "values: at least as many columns as rows, found " + rows + " x " + columns);
    }
    double[] rowPotential = new double[rows];
    double[] columnPotential = new double[columns];
    int[] rowOf = new int[columns];
    Arrays.fill(rowOf, -1);
    for (int row = 0; row < rows; row++) {
      augment(values, row, rowPotential, columnPotential, rowOf);
    }
    int[] columnOf = new int[rows];
    for (int c = 0; c < columns; c++) {
      if (rowOf[c] >= 0) {
        columnOf[rowOf[c]] = c;
      }
    }
    return columnOf;
  }

  /** Finds a column for one more row along the cheapest path, costs being negated values. */
  private static void augment(
      double[][] values, int start, double[] rowPotential, double[] columnPotential, int[] rowOf) {
    int columns = columnPotential.length;
    double[] distance = new double[columns];
    int[] before = new int[columns];
    boolean[] done = new boolean[columns];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    Arrays.fill(before, -1);
    int row = start;
    int last = -1;
    double reached = 0;
    while (row >= 0) {
      int next = -1;
      for (int c = 0; c < columns; c++) {
        if (!done[c]) {
          double d = reached - values[row][c] - rowPotential[row] - columnPotential[c];
          if (d < distance[c]) {
            distance[c] = d;
            before[c] = last;
          }
          if (next < 0 || distance[c] < distance[next]) {
            next = c;
          }
        }
      }
      if (next < 0 || !(distance[next] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("values: must be finite");
      }
      done[next] = true;
      reached = distance[next];
      last = next;
      row = rowOf[next];
    }
    rowPotential[start] += reached;
    for (int c = 0; c < columns; c++) {
      if (done[c]) {
        columnPotential[c] += distance[c] - reached;
        if (rowOf[c] >= 0) {
          rowPotential[rowOf[c]] += reached - distance[c];
        }
      }
    }
    while (last >= 0) {
      int previous = before[last];
      rowOf[last] = previous < 0 ? start : rowOf[previous];
      last = previous;
    }
  }
}
