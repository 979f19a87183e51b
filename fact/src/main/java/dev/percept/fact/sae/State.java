package dev.percept.fact.sae;

/** Writes what it is shown, or fills it with what was written: one order for both. */
interface State {
  /** Values of weights and moments. */
  void floats(float[] values);

  /** Counters. */
  void longs(long[] values);

  /** Running figures. */
  void doubles(double[] values);
}
