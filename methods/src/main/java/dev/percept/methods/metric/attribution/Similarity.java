package dev.percept.methods.metric.attribution;

/** How alike two maps of the same size are: 1 for the same, about 0 for unrelated ones. */
public interface Similarity {
  /** Its name in a sentence: {@code rank correlation}. */
  String name();

  /**
   * Compares two maps.
   *
   * @param a height x width values, row by row
   * @param b as many
   */
  double of(float[] a, float[] b, int height, int width);
}
