package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.DifferentiableScore;
import dev.percept.core.Run;
import dev.percept.core.Tensor;

/**
 * The gradient averaged over noisy copies of the picture (Smilkov et al., 2017): what scatters
 * around zero goes. Some programs average its size instead, which takes no noise away.
 *
 * @param samples noisy copies of a picture; they get the same noise in every picture
 * @param noise standard deviation of the Gaussian, as a share of the picture's range of values
 * @param magnitude whether the size of the gradient is averaged, not the gradient itself
 * @param batch most copies of one call of the score
 */
public record SmoothGrad(int samples, double noise, boolean magnitude, int batch)
    implements Attributor<DifferentiableScore> {
  private static final String NAME = "smoothgrad";

  public SmoothGrad {
    NoisyGradients.check(NAME, samples, noise, batch);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Values n x c x h x w, signed unless magnitudes are averaged. */
  @Override
  public Attribution attribute(DifferentiableScore score, Tensor inputs, Run run) {
    return new NoisyGradients(NAME, samples, noise, magnitude, batch)
        .attribute(score, inputs, !magnitude, (mean, square) -> mean, run);
  }
}
