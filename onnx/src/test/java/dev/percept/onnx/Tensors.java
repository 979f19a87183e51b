package dev.percept.onnx;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;

/** Weights for tests. */
final class Tensors {
  private Tensors() {}

  /** Values -1, 1, -1, 1 ...: of both signs. */
  static Tensor signed(int... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2 == 0 ? -1 : 1;
    }
    return Tensor.wrap(shape, values);
  }

  /** Nothing but {@code value}. */
  static Tensor all(float value, int... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[shape.size()];
    Arrays.fill(values, value);
    return Tensor.wrap(shape, values);
  }
}
