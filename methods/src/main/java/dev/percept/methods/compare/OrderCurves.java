package dev.percept.methods.compare;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.MaskedLogits;
import java.util.List;

/**
 * The score of one picture as concepts go in several orders, and as they come back.
 *
 * @param deletion orders x (r + 1)
 * @param insertion orders x (r + 1)
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one comparison, never compared.
record OrderCurves(double[][] deletion, double[][] insertion) {

  static OrderCurves of(MaskedLogits example, List<int[]> orders, int target) {
    int r = example.concepts();
    int steps = r + 1;
    float[] masks = new float[orders.size() * 2 * steps * r];
    int at = 0;
    for (int[] order : orders) {
      for (int way = 0; way < 2; way++) {
        for (int step = 0; step < steps; step++, at += r) {
          for (int k = 0; k < r; k++) {
            masks[at + order[k]] = (k < step) == (way == 1) ? 1 : 0;
          }
        }
      }
    }
    double[] f =
        ImportanceComparison.column(
            example.logits(Tensor.wrap(Shape.of(at / r, r), masks)), target);
    double[][][] curves = new double[2][orders.size()][steps];
    for (int i = 0; i < f.length; i++) {
      curves[i / steps % 2][i / (2 * steps)][i % steps] = f[i];
    }
    return new OrderCurves(curves[0], curves[1]);
  }

  /** Mean height of a curve, steps from 0 to 1. */
  static double area(double[] curve) {
    double sum = 0;
    for (int i = 0; i + 1 < curve.length; i++) {
      sum += (curve[i] + curve[i + 1]) / 2;
    }
    return sum / (curve.length - 1);
  }
}
