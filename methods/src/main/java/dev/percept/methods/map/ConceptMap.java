package dev.percept.methods.map;

import dev.percept.core.Grid;
import dev.percept.core.Tensor;
import java.util.Arrays;

/**
 * Where a concept is: the codes of all locations, up-sampled to the picture.
 *
 * @param height rows of pixels
 * @param width columns of pixels
 * @param values row by row, height x width of them; not to be modified
 */
@SuppressWarnings("ArrayRecordComponent") // Hundreds of thousands of pixels; compared nowhere.
public record ConceptMap(int height, int width, float[] values) {

  /**
   * Up-samples the codes of one concept, bilinear with half-pixel centres, as the model's input was
   * resized; outside the outermost centres the nearest value holds.
   *
   * @param codes L x r, the locations of {@code grid}; only those of places are looked at
   * @param concept column of {@code codes}
   */
  public static ConceptMap of(Tensor codes, Grid grid, int concept, int height, int width) {
    int r = codes.shape().dim(1);
    if (codes.rows() != grid.size() || concept < 0 || concept >= r) {
      throw new IllegalArgumentException(
          "codes: expected "
              + grid.size()
              + " x r with concept "
              + concept
              + " among them, found "
              + codes.shape());
    }
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "map: at least 1 x 1 pixels, found " + height + " x " + width);
    }
    float[] values = new float[height * width];
    Weights down = Weights.of(grid.rows(), height);
    Weights across = Weights.of(grid.columns(), width);
    for (int y = 0; y < height; y++) {
      int upper = grid.location(down.low[y] * grid.columns());
      int lower = grid.location(down.high[y] * grid.columns());
      for (int x = 0; x < width; x++) {
        float top = mix(codes, upper, across, x, concept);
        float bottom = mix(codes, lower, across, x, concept);
        values[y * width + x] = top + down.share[y] * (bottom - top);
      }
    }
    return new ConceptMap(height, width, values);
  }

  private static float mix(Tensor codes, int row, Weights across, int x, int concept) {
    float left = codes.get(row + across.low[x], concept);
    float right = codes.get(row + across.high[x], concept);
    return left + across.share[x] * (right - left);
  }

  /**
   * The value below which a share of all values lies, linear between neighbours.
   *
   * @param percentile 0 to 100
   */
  public static float percentile(float[] values, double percentile) {
    if (values.length == 0 || !(percentile >= 0 && percentile <= 100)) {
      throw new IllegalArgumentException(
          "percentile: 0 to 100 of at least 1 value, found " + percentile + " of " + values.length);
    }
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = percentile / 100 * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(low + 1, sorted.length - 1);
    return (float) (sorted[low] + (at - low) * (sorted[high] - (double) sorted[low]));
  }

  /** This map with everything below its own percentile set to 0. */
  public ConceptMap above(double percentile) {
    float threshold = percentile(values, percentile);
    float[] kept = values.clone();
    for (int i = 0; i < kept.length; i++) {
      kept[i] = kept[i] < threshold ? 0 : kept[i];
    }
    return new ConceptMap(height, width, kept);
  }

  /** Between which two source pixels each target pixel lies, and how far. */
  private record Weights(int[] low, int[] high, float[] share) {
    static Weights of(int source, int target) {
      int[] low = new int[target];
      int[] high = new int[target];
      float[] share = new float[target];
      for (int i = 0; i < target; i++) {
        double at = Math.max(0, (i + 0.5) * source / target - 0.5);
        low[i] = Math.min((int) at, source - 1);
        high[i] = Math.min(low[i] + 1, source - 1);
        share[i] = (float) (at - low[i]);
      }
      return new Weights(low, high, share);
    }
  }
}
