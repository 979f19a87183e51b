package dev.percept.methods.metric.attribution;

import dev.percept.core.Tensor;
import java.util.List;

/**
 * The entropy, in nats, of the shares that places have in the absolute values of a map (Bhatt et
 * al., 2020): 0 where one place has all, log(places) where all have the same, as in a map that is
 * zero everywhere. A map may be simple and wrong.
 */
public record Complexity() implements MapMetric {
  @Override
  public String name() {
    return "complexity";
  }

  @Override
  public Better better() {
    return Better.LOWER;
  }

  @Override
  public String settings() {
    return "entropy, nats";
  }

  @Override
  public List<Double> of(Tensor maps) {
    return Places.each(maps, Complexity::entropy);
  }

  private static double entropy(float[] map) {
    double sum = 0;
    for (float v : map) {
      sum += Math.abs(v);
    }
    if (sum == 0) {
      return Math.log(map.length);
    }
    double entropy = 0;
    for (float v : map) {
      double share = Math.abs(v) / sum;
      entropy -= share == 0 ? 0 : share * Math.log(share);
    }
    return Math.max(0, entropy);
  }
}
