package dev.percept.methods.metric.attribution;

import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Relevance rank accuracy (Arras et al., 2022, <i>CLEVR-XAI</i>): of the K places with the largest
 * values, K being the size of the mask, the share that lies in it. Places that tie for the last
 * ranks count as a random choice among them would on average.
 */
public record RelevanceRank() implements MaskMetric {
  @Override
  public String name() {
    return "relevance-rank";
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
    return Masks.each(maps, masks, (map, inside, width) -> hits(map, inside));
  }

  private static double hits(float[] map, boolean[] inside) {
    int size = 0;
    for (boolean in : inside) {
      size += in ? 1 : 0;
    }
    float[] sorted = map.clone();
    Arrays.sort(sorted);
    float last = sorted[sorted.length - size];
    int above = 0;
    int aboveInside = 0;
    int tied = 0;
    int tiedInside = 0;
    for (int at = 0; at < map.length; at++) {
      int in = inside[at] ? 1 : 0;
      if (map[at] > last) {
        above++;
        aboveInside += in;
      } else if (map[at] == last) {
        tied++;
        tiedInside += in;
      }
    }
    return (aboveInside + (double) (size - above) * tiedInside / tied) / size;
  }
}
