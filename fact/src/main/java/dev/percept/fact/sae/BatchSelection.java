package dev.percept.fact.sae;

import dev.percept.core.Run;

/**
 * The k·n largest positive values of a batch, exactly, by counting how the bits of floats begin:
 * positive floats are ordered as their bits are. Of values that equal the last one kept, those that
 * come first are kept.
 */
final class BatchSelection {
  private static final int HIGH = 1 << 15;
  private static final int LOW = 1 << 16;

  private final float threshold;
  private final int atThreshold;

  private BatchSelection(float threshold, int atThreshold) {
    this.threshold = threshold;
    this.atThreshold = atThreshold;
  }

  /** The least value that is kept. */
  float threshold() {
    return threshold;
  }

  /** Looks at {@code values[0 ... size − 1]}; fewer than {@code keep} where fewer are positive. */
  static BatchSelection of(float[] values, int size, int keep, Run run) {
    int[] high = count(values, size, HIGH, run, bits -> bits >>> 16);
    int above = 0;
    int bin = HIGH - 1;
    while (bin > 0 && above + high[bin] < keep) {
      above += high[bin--];
    }
    int prefix = bin;
    int[] low =
        count(values, size, LOW, run, bits -> bits >>> 16 == prefix ? bits & (LOW - 1) : -1);
    int last = LOW - 1;
    while (last > 0 && above + low[last] < keep) {
      above += low[last--];
    }
    float threshold = Float.intBitsToFloat(prefix << 16 | last);
    return threshold > 0
        ? new BatchSelection(threshold, Math.min(keep - above, low[last]))
        : new BatchSelection(Float.MIN_VALUE, Integer.MAX_VALUE);
  }

  private interface Bin {
    /** −1 where it is not counted. */
    int of(int bits);
  }

  private static int[] count(float[] values, int size, int bins, Run run, Bin bin) {
    int tasks = size < LOW ? 1 : run.threads();
    int[][] counts = new int[tasks][bins];
    run.parallel(
        tasks,
        task -> {
          int[] mine = counts[task];
          int to = (int) ((long) size * (task + 1) / tasks);
          for (int i = (int) ((long) size * task / tasks); i < to; i++) {
            if (values[i] > 0) {
              int b = bin.of(Float.floatToRawIntBits(values[i]));
              if (b >= 0) {
                mine[b]++;
              }
            }
          }
        });
    int[] all = counts[0];
    for (int task = 1; task < tasks; task++) {
      for (int b = 0; b < bins; b++) {
        all[b] += counts[task][b];
      }
    }
    return all;
  }

  /** What is kept, as codes of rows of {@code latents} values. */
  SparseCodes codes(float[] values, int rows, int latents) {
    SparseCodes.Builder out = new SparseCodes.Builder();
    int left = atThreshold;
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < latents; k++) {
        float v = values[i * latents + k];
        if (v > threshold || (v == threshold && left-- > 0)) {
          out.add(k, v);
        }
      }
      out.endRow();
    }
    return SparseCodes.Builder.join(latents, out);
  }
}
