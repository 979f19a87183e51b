package dev.percept.fact.sae;

/**
 * What a folder of activations holds: {@code index.json}.
 *
 * @param schema {@link #SCHEMA}
 * @param source what they are activations of
 * @param pictures how many
 * @param positions rows of each picture, one behind the other
 * @param features p, values of a row
 * @param shardPictures pictures of each file but the last
 * @param meanSquare mean squared length of a row
 * @param variance summed variance of the features about their means
 */
public record ShardIndex(
    String schema,
    Source source,
    int pictures,
    int positions,
    int features,
    int shardPictures,
    double meanSquare,
    double variance) {
  /** The name and version of the format. */
  public static final String SCHEMA = "percept.activations/1.0";

  /**
   * What activations are of: two folders of the same source hold the same bytes.
   *
   * @param model name of the model file
   * @param modelSha256 its hash
   * @param layer where it is cut
   * @param fingerprint of the pictures, and of how they are read
   * @param weighting how positions were drawn: {@code exact}, {@code estimated}, {@code uniform}
   * @param seed of the draws
   */
  public record Source(
      String model,
      String modelSha256,
      String layer,
      String fingerprint,
      String weighting,
      long seed) {}

  public ShardIndex {
    if (!schema.equals(SCHEMA)) {
      throw new IllegalArgumentException("schema: expected " + SCHEMA + ", found " + schema);
    }
    if (pictures < 1 || positions < 1 || features < 1 || shardPictures < 1) {
      throw new IllegalArgumentException(
          "pictures, positions, features, pictures of a shard: at least 1, found "
              + pictures
              + ", "
              + positions
              + ", "
              + features
              + ", "
              + shardPictures);
    }
    if (!(meanSquare >= 0 && variance >= 0)) {
      throw new IllegalArgumentException(
          "mean square, variance: at least 0, found " + meanSquare + " and " + variance);
    }
  }

  /** The number of rows. */
  public long rows() {
    return (long) pictures * positions;
  }

  /** The number of files. */
  int shards() {
    return (pictures - 1) / shardPictures + 1;
  }

  /** Pictures of file {@code shard}. */
  int picturesOf(int shard) {
    return Math.min(shardPictures, pictures - shard * shardPictures);
  }

  /** The same with the figures that are known once all is written. */
  ShardIndex withFigures(double square, double spread) {
    return new ShardIndex(
        schema, source, pictures, positions, features, shardPictures, square, spread);
  }
}
