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
   * A convention: concepts of MobileNetV2 on photographs lie between 0.03 and 0.15, so about half
   * of them are taken apart. On drawn scenes agreement is no guide to which concepts mix parts
   * ({@code percept exam --recursive 1} says so), so try others.
   */
  public static final double THRESHOLD = 0.1;

  public TreeRequest {
    layers = List.copyOf(layers);
    if (!layers.isEmpty() && layers.size() != depth) {
      throw new IllegalArgumentException(
          "layers: one a level, " + depth + ", found " + layers.size());
    }
  }
}
