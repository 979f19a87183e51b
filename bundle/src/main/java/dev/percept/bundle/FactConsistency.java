package dev.percept.bundle;

import java.util.List;

/**
 * C² of several ways to find concepts on the same pictures: whether the places that a concept
 * attends to look alike to a judge that knows nothing of the network.
 *
 * @param judge name of the model whose features judge
 * @param rows methods, the explained autoencoder first
 */
public record FactConsistency(String judge, List<Row> rows) {
  public FactConsistency {
    rows = List.copyOf(rows);
  }

  /**
   * A method.
   *
   * @param method {@code fact}, {@code craft}, {@code channels}, {@code pca}, {@code k-means}
   * @param value mean over concepts, less {@code random}
   * @param low lower end of the 95 % interval over concepts
   * @param high upper end
   * @param elsewhere the same with the maps laid on other pictures, less {@code random}: what their
   *     size and place alone are worth
   * @param random the same cosine for a random concept, before it was taken off
   * @param concepts that were judged
   * @param skipped that were active in too few pictures
   */
  public record Row(
      String method,
      double value,
      double low,
      double high,
      double elsewhere,
      double random,
      int concepts,
      int skipped) {}
}
