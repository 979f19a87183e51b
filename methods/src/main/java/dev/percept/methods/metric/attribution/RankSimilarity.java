package dev.percept.methods.metric.attribution;

/**
 * Spearman's rank correlation of two maps, place by place.
 *
 * @param absolute whether signs are dropped first; with signs, maps that swap for against look
 *     unlike, without, they look alike (Adebayo et al., 2018, report both)
 */
public record RankSimilarity(boolean absolute) implements Similarity {
  @Override
  public String name() {
    return absolute ? "rank correlation of absolute values" : "rank correlation";
  }

  @Override
  public double of(float[] a, float[] b, int height, int width) {
    return Correlation.spearman(sized(a), sized(b));
  }

  private float[] sized(float[] map) {
    float[] values = map.clone();
    for (int i = 0; absolute && i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return values;
  }
}
