package dev.percept.image;

/**
 * Resizes row by row: memory is one input row and the output, however large the picture is.
 *
 * @see Resampling
 */
final class Resizer {
  /** Where rows of interleaved RGB come from. */
  @FunctionalInterface
  interface Rows {
    void read(int y, float[] target);
  }

  private Resizer() {}

  /** The windows of {@code across} and {@code down} as interleaved RGB, 0 to 255, not rounded. */
  static float[] resize(Rows rows, int sourceWidth, Resampling across, Resampling down) {
    int width = across.count();
    int height = down.count();
    float[] source = new float[3 * sourceWidth];
    float[] narrow = new float[3 * width];
    float[] out = new float[3 * width * height];
    int firstOpen = 0;
    int end = down.end(height - 1);
    for (int y = down.start(0); y < end; y++) {
      while (down.end(firstOpen) <= y) {
        firstOpen++;
      }
      if (down.start(firstOpen) > y) {
        continue; // without antialiasing a reduction leaves rows out
      }
      rows.read(y, source);
      across.row(source, narrow);
      for (int i = firstOpen; i < height && down.start(i) <= y; i++) {
        if (y < down.end(i)) {
          add(down.weight(i, y), narrow, out, i * narrow.length);
        }
      }
    }
    return out;
  }

  private static void add(float weight, float[] row, float[] out, int at) {
    for (int x = 0; x < row.length; x++) {
      out[at + x] += weight * row[x];
    }
  }
}
