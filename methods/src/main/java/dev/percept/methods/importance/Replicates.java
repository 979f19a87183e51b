package dev.percept.methods.importance;

/** Masks of a replicated design from points of 2 r dimensions: the first r are A, the others B. */
final class Replicates {
  private Replicates() {}

  /**
   * Writes the masks of one point: A; then C_1 ... C_r, where C_i is A with mask i from B; then B,
   * where there is room for it.
   *
   * @param rows r + 1, or r + 2 with B
   * @param at where they begin in {@code masks}
   */
  static void write(Design.Points points, int point, int r, int rows, float[] masks, int at) {
    for (int i = 0; i < r; i++) {
      float a = points.at(point, i);
      float b = points.at(point, r + i);
      for (int row = 0; row < rows; row++) {
        masks[at + row * r + i] = row == i + 1 || row == r + 1 ? b : a;
      }
    }
  }
}
