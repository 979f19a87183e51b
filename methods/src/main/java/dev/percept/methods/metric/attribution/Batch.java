package dev.percept.methods.metric.attribution;

import dev.percept.core.Tensor;
import org.jspecify.annotations.Nullable;

/** Some pictures of one class. */
record Batch(EvaluatedClass of, int from, Tensor inputs, @Nullable Tensor masks) {
  static Batch of(EvaluatedClass of, int from, int to) {
    EvaluatedClass.MaskSource masks = of.masks();
    return new Batch(
        of, from, of.pictures().batch(from, to), masks == null ? null : masks.masks(from, to));
  }

  int size() {
    return inputs.rows();
  }
}
