package dev.percept.core;

import java.nio.FloatBuffer;

/**
 * A numbered collection of model inputs that are made on demand: pictures, crops of pictures,
 * texts. Safe for use from several threads; reading the same index twice gives the same values.
 */
public interface Examples {
  /** How many there are. */
  int size();

  /** The shape of one input, without the batch axis, for example 3 x 224 x 224. */
  Shape shape();

  /** What to call input {@code index} in a message or on a page; never an absolute path. */
  String name(int index);

  /**
   * Writes input {@code index}, ready for the model, at the position of {@code target} and advances
   * it by {@code shape().size()}.
   */
  void read(int index, FloatBuffer target);

  /** Inputs {@code from} (inclusive) to {@code to} (exclusive) as one batch in direct memory. */
  default Tensor batch(int from, int to) {
    FloatBuffer buffer = Tensor.allocateDirect((to - from) * shape().size());
    for (int i = from; i < to; i++) {
      read(i, buffer);
    }
    return Tensor.wrap(shape().batch(to - from), buffer.flip());
  }
}
