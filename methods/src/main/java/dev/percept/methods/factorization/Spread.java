package dev.percept.methods.factorization;

import dev.percept.core.Run;
import dev.percept.methods.linalg.Rows;
import java.util.random.RandomGenerator;

/** Starting centres far from each other: k-means++ (Arthur and Vassilvitskii, 2007). */
final class Spread {
  private Spread() {}

  /** r rows of {@code a}, each drawn in proportion to its squared distance to those before. */
  static float[] centres(Rows a, int r, RandomGenerator random, Run run) {
    int n = a.size();
    int p = a.features();
    float[] centres = new float[r * p];
    double[] distance = new double[n];
    int chosen = random.nextInt(n);
    for (int k = 0; k < r; k++) {
      float[] centre = new float[p];
      a.from(chosen).get(centre);
      System.arraycopy(centre, 0, centres, k * p, p);
      lower(a, centre, distance, k == 0, run);
      chosen = draw(distance, random);
    }
    return centres;
  }

  private static void lower(Rows a, float[] centre, double[] distance, boolean first, Run run) {
    int p = centre.length;
    a.eachBlock(
        run,
        (group, from, to) -> {
          float[] row = new float[p];
          for (int i = from; i < to; i++) {
            a.from(i).get(row);
            double squares = 0;
            for (int j = 0; j < p; j++) {
              double d = (double) row[j] - centre[j];
              squares += d * d;
            }
            distance[i] = first ? squares : Math.min(distance[i], squares);
          }
        });
  }

  /** An index in proportion to its weight; any where all weights are 0. */
  private static int draw(double[] weights, RandomGenerator random) {
    double total = 0;
    for (double w : weights) {
      total += w;
    }
    double at = random.nextDouble() * total;
    for (int i = 0; i < weights.length; i++) {
      at -= weights[i];
      if (at < 0) {
        return i;
      }
    }
    return random.nextInt(weights.length);
  }
}
