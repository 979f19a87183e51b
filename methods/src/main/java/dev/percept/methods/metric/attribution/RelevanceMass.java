package dev.percept.methods.metric.attribution;

import dev.percept.core.Tensor;
import java.util.List;

/**
 * Relevance mass accuracy (Arras et al., 2022, <i>CLEVR-XAI</i>): which share of the positive
 * attribution lies in the mask. A map without any lies nowhere: 0. What a map that knows nothing
 * gets is the share of the picture that the mask covers.
 */
public record RelevanceMass() implements MaskMetric {
  @Override
  public String name() {
    return "relevance-mass";
  }

  @Override
  public Better better() {
    return Better.HIGHER;
  }

  @Override
  public String settings() {
    return "";
  }

  @Override
  public List<Double> of(Tensor maps, Tensor masks) {
    return Masks.each(
        maps,
        masks,
        (map, inside, width) -> {
          double all = 0;
          double within = 0;
          for (int at = 0; at < map.length; at++) {
            double positive = Math.max(0, map[at]);
            all += positive;
            within += inside[at] ? positive : 0;
          }
          return all == 0 ? 0 : within / all;
        });
  }
}
