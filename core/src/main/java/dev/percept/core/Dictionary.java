package dev.percept.core;

import org.jspecify.annotations.Nullable;

/**
 * How codes become activations: {@code a = u W + b}. The decoder of every concept bank that Percept
 * knows is affine, so engines can put it in front of h inside the graph.
 *
 * @param atoms W, r x p, a row a concept
 * @param offset b, p values; null where it is zero
 */
public record Dictionary(Tensor atoms, @Nullable Tensor offset) {
  public Dictionary {
    if (atoms.shape().rank() != 2) {
      throw new IllegalArgumentException("dictionary: expected r x p, found " + atoms.shape());
    }
    if (offset != null && !offset.shape().equals(Shape.of(atoms.shape().dim(1)))) {
      throw new IllegalArgumentException(
          "dictionary: offset must have " + atoms.shape().dim(1) + " values, found " + offset);
    }
  }

  /** r, the number of concepts. */
  public int concepts() {
    return atoms.shape().dim(0);
  }

  /** p, the number of features. */
  public int features() {
    return atoms.shape().dim(1);
  }
}
