package dev.percept.methods.attribution;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.function.Consumer;

/** Channels of pictures, one at a time. */
final class Planes {
  private Planes() {}

  /** The range of a channel. */
  record Range(float low, float high) {
    static Range of(float[] values) {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (float v : values) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
      return new Range(low, high);
    }
  }

  /** The value of a place of a channel. */
  @FunctionalInterface
  interface Value {
    float at(Range plane, int channel, int at);
  }

  /** A tensor like {@code inputs}, n x c x h x w, whose channels were changed in place. */
  static Tensor each(Tensor inputs, Consumer<float[]> change) {
    Shape s = inputs.shape();
    int places = s.dim(2) * s.dim(3);
    float[] result = inputs.toArray();
    float[] plane = new float[places];
    for (int from = 0; from < result.length; from += places) {
      System.arraycopy(result, from, plane, 0, places);
      change.accept(plane);
      System.arraycopy(plane, 0, result, from, places);
    }
    return Tensor.wrap(s, result);
  }

  /** A tensor like {@code inputs} with values from the range of their channel and their place. */
  static Tensor map(Tensor inputs, Value value) {
    int channels = inputs.shape().dim(1);
    int[] plane = {0};
    return each(
        inputs,
        values -> {
          Range range = Range.of(values);
          int channel = plane[0]++ % channels;
          for (int at = 0; at < values.length; at++) {
            values[at] = value.at(range, channel, at);
          }
        });
  }
}
