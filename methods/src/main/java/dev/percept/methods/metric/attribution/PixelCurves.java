package dev.percept.methods.metric.attribution;

import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Measures deletion and insertion curves. */
final class PixelCurves {
  private PixelCurves() {}

  static void check(String name, int steps, int batch) {
    if (steps < 1) {
      throw new IllegalArgumentException(name + " steps: at least 1, found " + steps);
    }
    Batches.check(name, batch);
  }

  /**
   * Curves of n inputs.
   *
   * @param from what the first point shows
   * @param to what the last point shows
   */
  static List<PixelCurve> of(
      Score score, Tensor from, Tensor to, Tensor maps, int steps, int batch, Run run) {
    int places = maps.shape().dim(1) * maps.shape().dim(2);
    if (steps > places) {
      throw new IllegalArgumentException(
          "steps: at most one a place, " + places + ", found " + steps);
    }
    int each = score.inputShape().size();
    int channels = each / places;
    int[][] orders = new int[from.rows()][];
    run.parallel(
        orders.length,
        i -> orders[i] = Places.order(maps.row(i).toArray(), run.random("pixel-curves.ties")));
    float[] scores =
        Batches.score(
            score,
            from.rows() * (steps + 1),
            batch,
            (index, target, offset) -> {
              int i = index / (steps + 1);
              int step = index % (steps + 1);
              int[] first = orders[i];
              int done = (int) ((long) step * places / steps);
              from.copyTo(i * each, target, offset, each);
              for (int k = 0; k < done; k++) {
                for (int c = 0; c < channels; c++) {
                  int at = c * places + first[k];
                  target[offset + at] = to.get(i * each + at);
                }
              }
            },
            run);
    List<PixelCurve> curves = new ArrayList<>();
    for (int i = 0; i < from.rows(); i++) {
      List<Double> values = new ArrayList<>();
      for (int step = 0; step <= steps; step++) {
        values.add((double) scores[i * (steps + 1) + step]);
      }
      curves.add(new PixelCurve(values));
    }
    return curves;
  }
}
