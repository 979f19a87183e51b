package dev.percept.fact.bcos;

import dev.percept.core.Examples;
import dev.percept.core.Shape;
import java.nio.FloatBuffer;

/**
 * Colour pictures as inputs of a B-cos network: three channels from 0 to 1, then 1 minus each, so
 * that dark and bright pixels are equally long and their direction is their colour.
 *
 * <p>Böhle et al., B-cos Networks, CVPR 2022, section 3.2.2.
 *
 * @param pictures 3 x height x width, from 0 to 1: preprocessing {@code unit}
 */
public record InverseExamples(Examples pictures) implements Examples {
  /** Resampling may leave 0 ... 1 by a rounding error. */
  private static final float ROUNDING = 1e-4f;

  public InverseExamples {
    requireColours(pictures.shape());
  }

  private static void requireColours(Shape shape) {
    if (shape.rank() != 3 || shape.dim(0) != 3) {
      throw new IllegalArgumentException("pictures: expected 3 x height x width, found " + shape);
    }
  }

  @Override
  public int size() {
    return pictures.size();
  }

  @Override
  public Shape shape() {
    Shape three = pictures.shape();
    return Shape.of(BcosSpec.CHANNELS, three.dim(1), three.dim(2));
  }

  @Override
  public String name(int index) {
    return pictures.name(index);
  }

  @Override
  public void read(int index, FloatBuffer target) {
    float[] colours = new float[pictures.shape().size()];
    pictures.read(index, FloatBuffer.wrap(colours));
    for (float v : colours) {
      if (!(v >= -ROUNDING && v <= 1 + ROUNDING)) {
        throw new IllegalArgumentException(
            name(index) + ": a B-cos network takes values from 0 to 1, found " + v);
      }
    }
    target.put(colours);
    for (int i = 0; i < colours.length; i++) {
      colours[i] = 1 - colours[i];
    }
    target.put(colours);
  }
}
