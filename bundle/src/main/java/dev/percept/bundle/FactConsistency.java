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
   * @param method {@code fact} (by input maps), {@code fact-codes} (the same concepts by their
   *     codes), {@code craft}, {@code channels}, {@code pca}, {@code k-means} (by codes, too)
   * @param value mean over concepts, less {@code random}
   * @param low lower end of the 95 % interval over concepts
   * @param high upper end
   * @param anywhere the same of random maps on the same pictures, less {@code random}: what
   *     choosing these pictures is worth
   * @param aboveLow lower end of the interval of by how much {@code value} is above that
   * @param aboveHigh upper end
   * @param elsewhere the same maps laid on other pictures, less {@code random}: what their size and
   *     place alone are worth
   * @param random the cosine of a random concept, which was taken off
   * @param concepts that were judged
   * @param skipped that were active in too few pictures
   */
  public record Row(
      String method,
      double value,
      double low,
      double high,
      double anywhere,
      double aboveLow,
      double aboveHigh,
      double elsewhere,
      double random,
      int concepts,
      int skipped) {}
}
