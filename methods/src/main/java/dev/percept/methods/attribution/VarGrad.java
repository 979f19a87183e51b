package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.DifferentiableScore;
import dev.percept.core.Run;
import dev.percept.core.Tensor;

/**
 * The variance of the gradient over noisy copies of the picture (Adebayo et al., ICLR workshop
 * 2018), divided by the number of copies. It says where the gradient changes, not where it is
 * large.
 *
 * @param samples noisy copies of a picture; they get the same noise in every picture
 * @param noise standard deviation of the Gaussian, as a share of the picture's range of values
 * @param batch most copies of one call of the score
 */
public record VarGrad(int samples, double noise, int batch)
    implements Attributor<DifferentiableScore> {
  private static final String NAME = "var-grad";

  public VarGrad {
    NoisyGradients.check(NAME, samples, noise, batch);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Values n x c x h x w, not signed. */
  @Override
  public Attribution attribute(DifferentiableScore score, Tensor inputs, Run run) {
    return new NoisyGradients(NAME, samples, noise, false, batch)
        .attribute(score, inputs, false, (mean, square) -> Math.max(0, square - mean * mean), run);
  }
}
