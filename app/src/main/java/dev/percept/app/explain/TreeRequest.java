package dev.percept.app.explain;

import java.util.List;

/**
 * Whether and how concepts are taken apart at earlier layers.
 *
 * @param depth levels of sub-concepts, at least 1
 * @param layers one a level, from later to earlier; empty to have them chosen
 * @param concepts sub-concepts a concept, at least 2
 * @param threshold a concept is taken apart if its crops agree less than this
 */
public record TreeRequest(int depth, List<String> layers, int concepts, double threshold) {
  /**
   * Measured on photographs and on drawn scenes, concepts that show one thing lie above it and
   * those that mix things below, with exceptions on both sides: see the page for each value.
   */
  public static final double THRESHOLD = 0.15;

  public TreeRequest {
    layers = List.copyOf(layers);
    if (!layers.isEmpty() && layers.size() != depth) {
      throw new IllegalArgumentException(
          "layers: one a level, " + depth + ", found " + layers.size());
    }
  }
}
