package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.DifferentiableScore;
import dev.percept.core.Run;
import dev.percept.core.Tensor;

/**
 * The gradient times the difference to the baseline (Shrikumar et al., 2016, with zero): what each
 * value would contribute if the score were linear between baseline and input.
 *
 * @param baseline where every value counts as absent; zero for the published method
 * @param batch most pictures of one call of the score
 */
public record GradientInput(Baseline baseline, int batch)
    implements Attributor<DifferentiableScore> {
  public GradientInput {
    Checks.atLeast("gradient-input batch", 1, batch);
  }

  @Override
  public String name() {
    return "gradient-input";
  }

  /** Values n x c x h x w, signed. */
  @Override
  public Attribution attribute(DifferentiableScore score, Tensor inputs, Run run) {
    Checks.inputs(score, inputs);
    Tensor absent = baseline.of(inputs, run);
    float[] values = Gradients.of(inputs, batch, x -> score.gradient(x).gradients(), name(), run);
    for (int i = 0; i < values.length; i++) {
      values[i] *= inputs.get(i) - absent.get(i);
    }
    return new Attribution(
        name(), "", baseline.words(), Tensor.wrap(inputs.shape(), values), true, 1, 1, null);
  }
}
