package dev.percept.methods.attribution;

/**
 * Coarse masks made larger, bilinear with half-pixel centres; outside the outermost centres the
 * nearest value holds.
 */
final class Bilinear {
  private final int columns;
  private final Axis down;
  private final Axis across;

  /** From rows x columns to height x width. */
  Bilinear(int rows, int columns, int height, int width) {
    this.columns = columns;
    this.down = Axis.of(rows, height);
    this.across = Axis.of(columns, width);
  }

  /**
   * Writes a window of the larger mask.
   *
   * @param coarse rows x columns
   * @param top its first row
   * @param left its first column
   * @param width its columns
   * @param from first of its rows to write
   * @param to the row after the last to write
   * @param target receives them from its beginning on
   */
  void window(float[] coarse, int top, int left, int width, int from, int to, float[] target) {
    // Columns first: few coarse rows, so that what remains is a plain sum of two long rows.
    int rows = coarse.length / columns;
    float[] wide = new float[rows * width];
    for (int r = 0; r < rows; r++) {
      for (int x = 0; x < width; x++) {
        float low = coarse[r * columns + across.low[left + x]];
        float high = coarse[r * columns + across.high[left + x]];
        wide[r * width + x] = low + across.share[left + x] * (high - low);
      }
    }
    for (int y = from; y < to; y++) {
      float share = down.share[top + y];
      mix(
          wide,
          down.low[top + y] * width,
          down.high[top + y] * width,
          share,
          width,
          target,
          (y - from) * width);
    }
  }

  private static void mix(
      float[] wide, int upper, int lower, float share, int width, float[] target, int at) {
    for (int x = 0; x < width; x++) {
      float a = wide[upper + x];
      target[at + x] = a + share * (wide[lower + x] - a);
    }
  }

  /** Between which two coarse values each fine one lies, and how far. */
  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere, never leaves this file.
  private record Axis(int[] low, int[] high, float[] share) {
    static Axis of(int source, int target) {
      int[] low = new int[target];
      int[] high = new int[target];
      float[] share = new float[target];
      for (int i = 0; i < target; i++) {
        double at = Math.max(0, (i + 0.5) * source / target - 0.5);
        low[i] = Math.min((int) at, source - 1);
        high[i] = Math.min(low[i] + 1, source - 1);
        share[i] = (float) (at - low[i]);
      }
      return new Axis(low, high, share);
    }
  }
}
