package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.CutScore;
import dev.percept.core.Run;
import dev.percept.core.Tensor;

/**
 * Grad-CAM (Selvaraju et al., ICCV 2017): features at the cut, each weighted by its gradient
 * averaged over all locations. As coarse as the activations at the cut.
 *
 * @param rectified whether negative values become 0, as in the paper
 * @param batch most pictures of one call of the score
 */
public record GradCam(boolean rectified, int batch) implements Attributor<CutScore> {
  public GradCam {
    Checks.atLeast("grad-cam batch", 1, batch);
  }

  @Override
  public String name() {
    return "grad-cam";
  }

  /** Values n x 1 x rows x columns of the cut's grid, signed unless rectified. */
  @Override
  public Attribution attribute(CutScore score, Tensor inputs, Run run) {
    Tensor values =
        CamWeights.maps(
            score,
            inputs,
            batch,
            (activations, gradients) -> {
              double sum = 0;
              for (float g : gradients) {
                sum += g;
              }
              return sum / gradients.length;
            },
            rectified,
            name(),
            run);
    return new Attribution(
        name(), rectified ? "rectified" : "not rectified", null, values, !rectified, 1, 1, null);
  }
}
