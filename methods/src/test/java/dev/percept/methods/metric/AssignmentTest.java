package dev.percept.methods.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AssignmentTest {
  @Test
  void theSumIsTheLargestOfAllPermutations() {
    RandomGenerator random = Run.of(0).random("a");
    for (int trial = 0; trial < 300; trial++) {
      int rows = 1 + random.nextInt(6);
      int columns = rows + random.nextInt(3);
      double[][] values = new double[rows][columns];
      for (double[] row : values) {
        for (int c = 0; c < columns; c++) {
          // Whole numbers make ties.
          row[c] = random.nextInt(7) - 3;
        }
      }
      int[] found = Assignment.maximise(values);
      double sum = 0;
      boolean[] used = new boolean[columns];
      for (int r = 0; r < rows; r++) {
        assertTrue(!used[found[r]], "a column is used twice");
        used[found[r]] = true;
        sum += values[r][found[r]];
      }
      assertEquals(best(values, 0, new boolean[columns]), sum, 1e-12);
    }
  }

  private static double best(double[][] values, int row, boolean[] used) {
    if (row == values.length) {
      return 0;
    }
    double best = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < used.length; c++) {
      if (!used[c]) {
        used[c] = true;
        best = Math.max(best, values[row][c] + best(values, row + 1, used));
        used[c] = false;
      }
    }
    return best;
  }

  @Test
  void greedyChoiceWouldBeWorse() {
    assertArrayEquals(new int[] {1, 0}, Assignment.maximise(new double[][] {{1, 0.9}, {0.9, 0.1}}));
    assertArrayEquals(new int[0], Assignment.maximise(new double[0][]));
  }

  @Test
  void whatCannotBeAssignedIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Assignment.maximise(new double[][] {{1}, {2}}));
    assertThrows(
        IllegalArgumentException.class,
        () -> Assignment.maximise(new double[][] {{Double.NaN, Double.NaN}, {1, 2}}));
  }
}
