package dev.percept.methods.metric;

import dev.percept.core.Tensor;

/** Which concept of another bank each concept is matched with, and how alike they are. */
@SuppressWarnings("ArrayRecordComponent") // Made for one comparison, never compared itself.
record Match(int[] partner, double[][] cosines) {
  static Match of(Tensor atoms, Tensor others) {
    double[][] cosines = Cosine.pairs(atoms, others);
    return new Match(Assignment.maximise(cosines), cosines);
  }

  double cosine(int k) {
    return cosines[k][partner[k]];
  }
}
