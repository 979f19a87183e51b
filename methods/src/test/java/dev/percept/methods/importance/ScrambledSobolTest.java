package dev.percept.methods.importance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import org.junit.jupiter.api.Test;

class ScrambledSobolTest {
  @Test
  void everyDimensionStaysStratified() {
    int[][] points = ScrambledSobol.plain(40, 0, 64);
    ScrambledSobol scramble = new ScrambledSobol(40, Run.of(0).random("s"));
    for (int d = 0; d < 40; d++) {
      int[] cells = new int[64];
      for (int[] point : points) {
        cells[(int) (scramble.scramble(d, point[d]) * 64)]++;
      }
      // The first 2^k points of a Sobol sequence have one in each of 2^k intervals.
      for (int cell : cells) {
        assertEquals(1, cell, "dimension " + d);
      }
    }
  }

  @Test
  void onePointIsUniformOverScrambles() {
    int[] point = ScrambledSobol.plain(2, 1, 2)[0];
    double mean = 0;
    double squares = 0;
    double product = 0;
    int draws = 4000;
    for (int s = 0; s < draws; s++) {
      ScrambledSobol scramble = new ScrambledSobol(2, Run.of(s).random("s"));
      double x = scramble.scramble(0, point[0]);
      double y = scramble.scramble(1, point[1]);
      assertTrue(x > 0 && x < 1);
      mean += x / draws;
      squares += x * x / draws;
      product += x * y / draws;
    }
    // Four standard errors: 0.289 / sqrt(4000), 0.298 / sqrt(4000), 0.22 / sqrt(4000).
    assertEquals(0.5, mean, 0.019);
    assertEquals(1 / 3., squares, 0.019);
    assertEquals(0.25, product, 0.014);
  }

  @Test
  void continuingGivesTheSamePoints() {
    int[][] all = ScrambledSobol.plain(5, 0, 16);
    int[][] tail = ScrambledSobol.plain(5, 8, 16);
    for (int n = 0; n < 8; n++) {
      assertArrayEquals(all[8 + n], tail[n]);
    }
  }
}
