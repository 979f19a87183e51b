package dev.percept.methods.attribution;

/** Weights of a picture's places: 1 where it is kept, 0 where the baseline stands. */
interface Masks {
  /** How many there are. */
  int count();

  /**
   * Writes mask {@code index} to {@code target}, height x width row by row. Safe for use from
   * several threads; the same index always gives the same mask.
   */
  void write(int index, float[] target);
}
