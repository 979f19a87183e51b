package dev.percept.methods.metric.attribution;

import dev.percept.core.Tensor;

/**
 * What stands for pixels that are taken away. No choice is neutral, and it decides which method
 * wins (arXiv 2512.11433), so it is stated with every result.
 */
public interface PixelBaseline {
  /** Zeros in the model's input; the mean colour where the preprocessing centres. */
  PixelBaseline ZERO =
      new PixelBaseline() {
        @Override
        public String name() {
          return "zero";
        }

        @Override
        public Tensor of(Tensor inputs) {
          return Tensor.zeros(inputs.shape());
        }
      };

  /** Its name, {@code zero}. */
  String name();

  /** What each input becomes when all of it is taken away, in the same shape. */
  Tensor of(Tensor inputs);
}
