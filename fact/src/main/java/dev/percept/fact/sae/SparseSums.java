package dev.percept.fact.sae;

import dev.percept.core.Run;
import java.util.function.IntConsumer;

/** Sums of few rows of a matrix, and products of two rows, in loops that a JIT makes vectors of. */
final class SparseSums {
  /** Multiplications of a task: enough that handing it out costs little. */
  private static final long WORK = 1 << 19;

  private static final int LANES = 64;

  private SparseSums() {}

  /** {@code sum[at ... at + p − 1] += factor · rows[from ... from + p − 1]}. */
  static void add(float[] sum, int at, float factor, float[] rows, int from, int p) {
    for (int j = 0; j < p; j++) {
      sum[at + j] += factor * rows[from + j];
    }
  }

  /**
   * The product of two rows of p values.
   *
   * @param lanes scratch of {@link #lanes()} values; sums of a fixed order that depends on p alone
   */
  static float dot(float[] a, int from, float[] b, int at, int p, float[] lanes) {
    int whole = p - p % LANES;
    for (int l = 0; l < LANES; l++) {
      lanes[l] = 0;
    }
    for (int j = 0; j < whole; j += LANES) {
      for (int l = 0; l < LANES; l++) {
        lanes[l] += a[from + j + l] * b[at + j + l];
      }
    }
    for (int half = LANES / 2; half >= 8; half /= 2) {
      for (int l = 0; l < half; l++) {
        lanes[l] += lanes[l + half];
      }
    }
    float sum = 0;
    for (int l = 0; l < 8; l++) {
      sum += lanes[l];
    }
    for (int j = whole; j < p; j++) {
      sum += a[from + j] * b[at + j];
    }
    return sum;
  }

  /** Scratch for {@link #dot}, one for each thread. */
  static float[] lanes() {
    return new float[LANES];
  }

  /**
   * Visits 0 ... n − 1 in blocks on the threads of {@code run}.
   *
   * @param each multiplications of one visit, about
   */
  static void eachBlock(int n, long each, Run run, IntConsumer row) {
    int block = (int) Math.max(1, Math.min(n, WORK / Math.max(1, each)));
    run.parallel(
        n == 0 ? 0 : (n - 1) / block + 1,
        task -> {
          for (int i = task * block; i < Math.min((long) n, (task + 1L) * block); i++) {
            row.accept(i);
          }
        });
  }
}
