package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.RectifierRule;
import dev.percept.core.RectifierScore;
import dev.percept.core.Run;
import dev.percept.core.Tensor;

/**
 * Guided backpropagation (Springenberg et al., ICLR workshop 2015): a gradient that passes a
 * rectifier only where it and the rectifier's input are positive. Sharp, and not to be trusted for
 * that: it mostly draws the picture's edges again and hardly changes when the network's upper
 * layers are replaced by random ones (Adebayo et al., NeurIPS 2018; Nie et al., ICML 2018).
 *
 * @param batch most pictures of one call of the score
 */
public record GuidedBackprop(int batch) implements Attributor<RectifierScore> {
  public GuidedBackprop {
    Checks.atLeast("guided-backprop batch", 1, batch);
  }

  @Override
  public String name() {
    return "guided-backprop";
  }

  /** Values n x c x h x w, signed. */
  @Override
  public Attribution attribute(RectifierScore score, Tensor inputs, Run run) {
    Checks.inputs(score, inputs);
    float[] values =
        Gradients.of(
            inputs, batch, x -> score.gradient(x, RectifierRule.GUIDED).gradients(), name(), run);
    return new Attribution(name(), "", null, Tensor.wrap(inputs.shape(), values), true, 1, 1, null);
  }
}
