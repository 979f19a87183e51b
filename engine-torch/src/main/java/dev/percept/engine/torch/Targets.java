package dev.percept.engine.torch;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;

/** What each class should say. */
final class Targets {
  private Targets() {}

  /** n x classes, nearly 1 for the label, nearly 0 for the others. */
  static Tensor of(long[] labels, int classes, double smoothing) {
    float[] values = new float[labels.length * classes];
    for (int i = 0; i < values.length; i++) {
      double hard = labels[i / classes] == i % classes ? 1 : 0;
      values[i] = (float) (hard * (1 - smoothing) + smoothing / classes);
    }
    return Tensor.wrap(Shape.of(labels.length, classes), values);
  }
}
