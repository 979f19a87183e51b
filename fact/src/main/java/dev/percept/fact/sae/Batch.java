package dev.percept.fact.sae;

import java.nio.FloatBuffer;

/** Rows of one step, scaled to a mean squared length of 1. */
final class Batch {
  private final float[] values;
  private final int rows;
  private final int features;

  /** Takes {@code values} over: n x p, perhaps with more behind. */
  Batch(float[] values, int rows, int features) {
    this.values = values;
    this.rows = rows;
    this.features = features;
  }

  /** n. */
  int rows() {
    return rows;
  }

  /** p. */
  int features() {
    return features;
  }

  /** n x p; not to be modified. */
  float[] values() {
    return values;
  }

  void read(int row, FloatBuffer target) {
    target.put(values, row * features, features);
  }
}
