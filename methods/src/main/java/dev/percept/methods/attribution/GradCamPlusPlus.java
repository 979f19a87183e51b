package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.CutScore;
import dev.percept.core.Run;
import dev.percept.core.Tensor;

/**
 * Grad-CAM++ (Chattopadhyay et al., WACV 2018): as {@link GradCam}, but only positive gradients
 * count, weighted by {@code g² / (2 g² + g³ Σ A)} at each location, Σ over all locations of the
 * feature. This is the paper's formula for {@code exp(score)}, in which the exponential cancels but
 * for the map's scale, which is left out. It is meant for features that are nowhere negative.
 *
 * @param batch most pictures of one call of the score
 */
public record GradCamPlusPlus(int batch) implements Attributor<CutScore> {
  public GradCamPlusPlus {
    Checks.atLeast("grad-cam++ batch", 1, batch);
  }

  @Override
  public String name() {
    return "grad-cam++";
  }

  /** Values n x 1 x rows x columns of the cut's grid, never negative. */
  @Override
  public Attribution attribute(CutScore score, Tensor inputs, Run run) {
    Tensor values =
        CamWeights.maps(score, inputs, batch, GradCamPlusPlus::weight, true, name(), run);
    return new Attribution(name(), "", null, values, false, 1, 1, null);
  }

  private static double weight(float[] activations, float[] gradients) {
    double all = 0;
    for (float a : activations) {
      all += a;
    }
    double weight = 0;
    for (float g : gradients) {
      // Divided by g² above and below; a sum below 0 is outside of what the formula is made for.
      double below = 2 + g * all;
      if (g > 0 && below > 0) {
        weight += g / below;
      }
    }
    return weight;
  }
}
