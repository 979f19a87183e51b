package dev.percept.methods.attribution;

import dev.percept.core.Run;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/**
 * Smooth random masks: bits of a coarse grid with one more row and column than fit, interpolated
 * and moved by less than a cell. Only bits and shifts are kept; a mask of a picture is made anew
 * where it is needed.
 */
final class RiseMasks implements Masks {
  /** Rows of the picture that are summed up by one task. */
  private static final int BAND = 16;

  private final int count;
  private final int side;
  private final int height;
  private final int width;
  private final BitSet visible;
  private final int[] top;
  private final int[] left;
  private final Bilinear larger;

  RiseMasks(int count, int cells, double keep, int height, int width, RandomGenerator random) {
    this.count = count;
    this.side = cells + 1;
    this.height = height;
    this.width = width;
    this.visible = new BitSet(count * side * side);
    this.top = new int[count];
    this.left = new int[count];
    int cellHeight = (height + cells - 1) / cells;
    int cellWidth = (width + cells - 1) / cells;
    this.larger = new Bilinear(side, side, side * cellHeight, side * cellWidth);
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < side * side; c++) {
        visible.set(i * side * side + c, random.nextDouble() < keep);
      }
      top[i] = random.nextInt(cellHeight);
      left[i] = random.nextInt(cellWidth);
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void write(int index, float[] target) {
    rows(index, 0, height, target);
  }

  private void rows(int index, int from, int to, float[] target) {
    float[] coarse = new float[side * side];
    for (int c = 0; c < coarse.length; c++) {
      coarse[c] = visible.get(index * coarse.length + c) ? 1 : 0;
    }
    larger.window(coarse, top[index], left[index], width, from, to, target);
  }

  /**
   * The mean score of each picture weighted by how visible a place was, less its plain mean.
   *
   * @param scores n rows of one score a mask
   * @return n x h x w; a place that no mask shows gets 0
   */
  float[] weigh(float[][] scores, Run run) {
    int n = scores.length;
    int places = height * width;
    double[] mean = new double[n];
    for (int i = 0; i < n; i++) {
      double off = 0;
      // Taken off the first, so that equal scores have exactly their own mean.
      for (float f : scores[i]) {
        off += (double) f - scores[i][0];
      }
      mean[i] = scores[i][0] + off / count;
    }
    float[] values = new float[n * places];
    run.parallel(
        (height + BAND - 1) / BAND,
        band -> {
          int from = band * BAND;
          int to = Math.min(height, from + BAND);
          int size = (to - from) * width;
          float[] mask = new float[size];
          double[] shown = new double[size];
          double[][] sums = new double[n][size];
          for (int k = 0; k < count; k++) {
            rows(k, from, to, mask);
            add(mask, 1, shown);
            for (int i = 0; i < n; i++) {
              add(mask, scores[i][k] - mean[i], sums[i]);
            }
          }
          for (int i = 0; i < n; i++) {
            for (int p = 0; p < size; p++) {
              values[i * places + from * width + p] =
                  shown[p] > 0 ? (float) (sums[i][p] / shown[p]) : 0;
            }
          }
        });
    return values;
  }

  private static void add(float[] mask, double weight, double[] sum) {
    for (int p = 0; p < sum.length; p++) {
      sum[p] += weight * mask[p];
    }
  }
}
