package dev.percept.report;

import dev.percept.bundle.AttributionFolder;
import dev.percept.bundle.AttributionMaps;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far methods agree about where the evidence for a class is: rank correlation of their maps,
 * averaged to coarse cells, over all pictures. Of a signed map only what raises the score counts.
 *
 * @param pairs m x m means over pictures; NaN where a map is even
 */
record Agreement(List<List<Double>> pairs) {
  /** Finer than this, methods differ in texture more than in place. */
  private static final int CELLS = 7;

  static Agreement of(AttributionFolder folder) {
    List<AttributionMaps.Method> methods = folder.maps().methods();
    int m = methods.size();
    int n = folder.maps().pictures().size();
    double[][] sum = new double[m][m];
    int[][] count = new int[m][m];
    for (int p = 0; p < n; p++) {
      int picture = p;
      List<double[]> ranks =
          methods.stream().map(x -> ranks(cells(folder.of(x), x.signed(), picture))).toList();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < m; j++) {
          double r = correlation(ranks.get(i), ranks.get(j));
          if (!Double.isNaN(r)) {
            sum[i][j] += r;
            count[i][j]++;
          }
        }
      }
    }
    return new Agreement(
        IntStream.range(0, m)
            .mapToObj(
                i ->
                    IntStream.range(0, m)
                        .mapToObj(j -> count[i][j] > 0 ? sum[i][j] / count[i][j] : Double.NaN)
                        .toList())
            .toList());
  }

  /** The mean of a method with all others; NaN if there is none. */
  double withOthers(int method) {
    return IntStream.range(0, pairs.size())
        .filter(j -> j != method)
        .mapToDouble(j -> pairs.get(method).get(j))
        .filter(r -> !Double.isNaN(r))
        .average()
        .orElse(Double.NaN);
  }

  /** The mean over all pairs; NaN if there is none. */
  double mean() {
    return IntStream.range(0, pairs.size())
        .mapToDouble(this::withOthers)
        .filter(r -> !Double.isNaN(r))
        .average()
        .orElse(Double.NaN);
  }

  /** Means over a 7 x 7 grid, from the nearest values where the map is coarser. */
  static double[] cells(Tensor maps, boolean signed, int picture) {
    Shape s = maps.shape();
    float[] places = Heat.places(maps, picture);
    int height = s.dim(2);
    int width = s.dim(3);
    double[] cells = new double[CELLS * CELLS];
    for (int c = 0; c < cells.length; c++) {
      int top = c / CELLS * height / CELLS;
      int bottom = Math.max(top + 1, (c / CELLS + 1) * height / CELLS);
      int left = c % CELLS * width / CELLS;
      int right = Math.max(left + 1, (c % CELLS + 1) * width / CELLS);
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          float v = places[y * width + x];
          cells[c] += (signed ? Math.max(0, v) : v) / ((bottom - top) * (right - left));
        }
      }
    }
    return cells;
  }

  /** Ranks, equal values sharing their mean rank. */
  static double[] ranks(double[] values) {
    Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to - 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  /** Pearson's correlation; NaN where one side is even. */
  static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : Double.NaN;
  }
}
