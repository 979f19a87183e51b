package dev.percept.image;

import dev.percept.core.PerceptException;
import dev.percept.core.Shape;

/** From a picture file to a model input: geometry first, then the values. */
public record Preprocessing(Geometry geometry, Normalization normalization) {
  /**
   * The preprocessing for a model with inputs of shape {@code input}, with antialiasing.
   *
   * @throws PerceptException if the model does not take 3 x height x width
   */
  public static Preprocessing of(Shape input, ResizeMode mode, Normalization normalization) {
    return of(input, mode, true, normalization);
  }

  /** As {@link #of(Shape, ResizeMode, Normalization)}, with or without antialiasing. */
  public static Preprocessing of(
      Shape input, ResizeMode mode, boolean antialias, Normalization normalization) {
    if (input.rank() != 3 || input.dim(0) != 3) {
      throw new PerceptException(
          "pictures need a model whose inputs are 3 x height x width; this one takes "
              + input
              + (input.rank() == 3 && input.dim(2) == 3 ? "; export it with channels first" : ""));
    }
    return new Preprocessing(
        new Geometry(input.dim(2), input.dim(1), mode, antialias), normalization);
  }

  /** The same geometry with other values. */
  public Preprocessing with(Normalization other) {
    return new Preprocessing(geometry, other);
  }

  /** The shape of a model input, 3 x height x width. */
  public Shape shape() {
    return Shape.of(3, geometry.height(), geometry.width());
  }
}
