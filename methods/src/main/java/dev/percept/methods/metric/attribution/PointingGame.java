package dev.percept.methods.metric.attribution;

import dev.percept.core.Tensor;
import java.util.List;

/**
 * The pointing game (Zhang et al., 2018, <i>Top-down Neural Attention by Excitation Backprop</i>):
 * 1 where the largest value of the map lies in the mask, else 0. Where several places share the
 * largest value, the share of them that does: what a random one of them would score.
 *
 * @param tolerance how many pixels outside the mask, in a circle, still count; 0 or more
 */
public record PointingGame(int tolerance) implements MaskMetric {
  public PointingGame {
    if (tolerance < 0) {
      throw new IllegalArgumentException(
          "pointing-game tolerance: 0 or more pixels, found " + tolerance);
    }
  }

  @Override
  public String name() {
    return "pointing-game";
  }

  @Override
  public Better better() {
    return Better.HIGHER;
  }

  @Override
  public String settings() {
    return tolerance == 0 ? "" : "tolerance " + tolerance + " pixels";
  }

  @Override
  public List<Double> of(Tensor maps, Tensor masks) {
    return Masks.each(maps, masks, this::hit);
  }

  private double hit(float[] map, boolean[] inside, int width) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float v : map) {
      largest = Math.max(largest, v);
    }
    int hits = 0;
    int all = 0;
    for (int at = 0; at < map.length; at++) {
      if (map[at] == largest) {
        all++;
        hits += near(inside, at, width) ? 1 : 0;
      }
    }
    return (double) hits / all;
  }

  private boolean near(boolean[] inside, int at, int width) {
    int x = at % width;
    int y = at / width;
    int height = inside.length / width;
    for (int dy = -tolerance; dy <= tolerance; dy++) {
      for (int dx = -tolerance; dx <= tolerance; dx++) {
        boolean there =
            dx * dx + dy * dy <= tolerance * tolerance
                && x + dx >= 0
                && x + dx < width
                && y + dy >= 0
                && y + dy < height;
        if (there && inside[(y + dy) * width + x + dx]) {
          return true;
        }
      }
    }
    return false;
  }
}
