package dev.percept.methods.attribution;

import java.util.BitSet;
import java.util.random.RandomGenerator;

/** Masks of segments that are present or absent. */
final class Coalitions implements Masks {
  private final Cells segments;
  private final BitSet[] present;

  Coalitions(Cells segments, BitSet[] present) {
    this.segments = segments;
    this.present = present;
  }

  /** The whole picture, then samples in which each of d segments is present half of the time. */
  static BitSet[] uniform(int samples, int d, RandomGenerator random) {
    BitSet[] drawn = new BitSet[samples];
    for (int k = 0; k < samples; k++) {
      drawn[k] = new BitSet(d);
      for (int c = 0; c < d; c++) {
        drawn[k].set(c, random.nextBoolean() || k == 0);
      }
    }
    return drawn;
  }

  @Override
  public int count() {
    return present.length;
  }

  @Override
  public void write(int index, float[] target) {
    segments.write(cell -> present[index].get(cell) ? 1 : 0, target);
  }
}
