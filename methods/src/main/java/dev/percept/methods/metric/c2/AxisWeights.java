package dev.percept.methods.metric.c2;

/**
 * One axis of a map at another resolution. Smaller: each cell is the mean of what it covers, pixels
 * on an edge counted by their share, so that no attribution is lost whatever the ratio. Larger:
 * linear between half-pixel centres.
 */
final class AxisWeights {
  private final int[][] index;
  private final double[][] weight;

  AxisWeights(int source, int target) {
    index = new int[target][];
    weight = new double[target][];
    for (int i = 0; i < target; i++) {
      if (target <= source) {
        covered(i, source, target);
      } else {
        between(i, source, target);
      }
    }
  }

  private void covered(int i, int source, int target) {
    double from = (double) i * source / target;
    double to = (double) (i + 1) * source / target;
    int first = (int) from;
    int last = Math.min(source, (int) Math.ceil(to - 1e-9));
    index[i] = new int[last - first];
    weight[i] = new double[last - first];
    for (int s = first; s < last; s++) {
      index[i][s - first] = s;
      weight[i][s - first] = (Math.min(to, s + 1) - Math.max(from, s)) / (to - from);
    }
  }

  private void between(int i, int source, int target) {
    double at = Math.max(0, (i + 0.5) * source / target - 0.5);
    int low = Math.min((int) at, source - 1);
    int high = Math.min(low + 1, source - 1);
    double share = at - low;
    index[i] = new int[] {low, high};
    weight[i] = new double[] {1 - share, share};
  }

  /**
   * The positive part of a map at another resolution.
   *
   * @param map height x width
   */
  static double[] positive(
      float[] map, int height, int width, AxisWeights down, AxisWeights across) {
    int columns = across.index.length;
    double[] wide = new double[height * columns];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < columns; x++) {
        double sum = 0;
        for (int s = 0; s < across.index[x].length; s++) {
          sum += across.weight[x][s] * Math.max(0, map[y * width + across.index[x][s]]);
        }
        wide[y * columns + x] = sum;
      }
    }
    double[] out = new double[down.index.length * columns];
    for (int y = 0; y < down.index.length; y++) {
      for (int s = 0; s < down.index[y].length; s++) {
        for (int x = 0; x < columns; x++) {
          out[y * columns + x] += down.weight[y][s] * wide[down.index[y][s] * columns + x];
        }
      }
    }
    return out;
  }
}
