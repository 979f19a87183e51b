package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.DifferentiableScore;
import dev.percept.core.Run;
import dev.percept.core.Tensor;

/**
 * The size of the gradient (Simonyan, Vedaldi and Zisserman, ICLR workshop 2014): how fast the
 * score changes with each value of the input. Of a very small change: it is noisy, and says nothing
 * about parts that have already done all they can.
 *
 * @param batch most pictures of one call of the score
 */
public record Saliency(int batch) implements Attributor<DifferentiableScore> {
  public Saliency {
    Checks.atLeast("saliency batch", 1, batch);
  }

  @Override
  public String name() {
    return "saliency";
  }

  /** Values n x c x h x w, not signed. */
  @Override
  public Attribution attribute(DifferentiableScore score, Tensor inputs, Run run) {
    Checks.inputs(score, inputs);
    float[] values = Gradients.of(inputs, batch, x -> score.gradient(x).gradients(), name(), run);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return new Attribution(
        name(), "", null, Tensor.wrap(inputs.shape(), values), false, 1, 1, null);
  }
}
