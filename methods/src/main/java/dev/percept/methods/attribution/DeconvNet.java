package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.RectifierRule;
import dev.percept.core.RectifierScore;
import dev.percept.core.Run;
import dev.percept.core.Tensor;

/**
 * Deconvolution (Zeiler and Fergus, ECCV 2014): a gradient that passes a rectifier only where it is
 * positive, whatever the rectifier's input was. As insensitive to the network as guided
 * backpropagation (Nie et al., ICML 2018).
 *
 * @param batch most pictures of one call of the score
 */
public record DeconvNet(int batch) implements Attributor<RectifierScore> {
  public DeconvNet {
    Checks.atLeast("deconvnet batch", 1, batch);
  }

  @Override
  public String name() {
    return "deconvnet";
  }

  /** Values n x c x h x w, signed. */
  @Override
  public Attribution attribute(RectifierScore score, Tensor inputs, Run run) {
    Checks.inputs(score, inputs);
    float[] values =
        Gradients.of(
            inputs,
            batch,
            x -> score.gradient(x, RectifierRule.DECONVOLUTION).gradients(),
            name(),
            run);
    return new Attribution(name(), "", null, Tensor.wrap(inputs.shape(), values), true, 1, 1, null);
  }
}
