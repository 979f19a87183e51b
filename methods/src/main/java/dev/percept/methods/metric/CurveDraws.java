package dev.percept.methods.metric;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Curves of one example, or of the mean over examples.
 *
 * @param values kind (logit, probability) x order (given, then random) x way (deletion, insertion)
 *     x steps
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one measurement, never compared.
record CurveDraws(double[][][][] values) {
  private static final int DELETION = 0;
  private static final int INSERTION = 1;

  static CurveDraws of(MaskedLogits example, int[][] orders, int target) {
    int r = example.concepts();
    double[][][][] values = new double[2][orders.length][2][r + 1];
    Tensor logits = example.logits(masks(orders, r));
    for (int row = 0; row < logits.rows(); row++) {
      int step = row % (r + 1);
      int way = row / (r + 1) % 2;
      int draw = row / (2 * (r + 1));
      values[0][draw][way][step] = logits.get(row, target);
      values[1][draw][way][step] = softmax(logits, row, target);
    }
    return new CurveDraws(values);
  }

  /** For each order the masks of its deletion (ones to zeros), then of its insertion. */
  private static Tensor masks(int[][] orders, int r) {
    float[] masks = new float[orders.length * 2 * (r + 1) * r];
    int at = 0;
    for (int[] order : orders) {
      for (int way : new int[] {DELETION, INSERTION}) {
        for (int step = 0; step <= r; step++, at += r) {
          for (int k = 0; k < r; k++) {
            masks[at + order[k]] = (k < step) == (way == INSERTION) ? 1 : 0;
          }
        }
      }
    }
    return Tensor.wrap(Shape.of(at / r, r), masks);
  }

  private static double softmax(Tensor logits, int row, int target) {
    float[] of = logits.row(row).toArray();
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : of) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : of) {
      sum += Math.exp(logit - largest);
    }
    return Math.exp(of[target] - largest) / sum;
  }

  static CurveDraws mean(CurveDraws[] examples) {
    double[][][][] first = examples[0].values;
    double[][][][] mean = new double[2][first[0].length][2][first[0][0][0].length];
    for (CurveDraws example : examples) {
      for (int kind = 0; kind < 2; kind++) {
        for (int draw = 0; draw < mean[0].length; draw++) {
          for (int way = 0; way < 2; way++) {
            for (int step = 0; step < mean[0][0][0].length; step++) {
              mean[kind][draw][way][step] +=
                  example.values[kind][draw][way][step] / examples.length;
            }
          }
        }
      }
    }
    return new CurveDraws(mean);
  }

  DeletionInsertion curves() {
    return new DeletionInsertion(
        curve(0, DELETION), curve(0, INSERTION), curve(1, DELETION), curve(1, INSERTION));
  }

  private Curve curve(int kind, int way) {
    int draws = values[kind].length - 1;
    List<Double> ordered = list(values[kind][0][way]);
    int points = ordered.size();
    List<Double> mean = new ArrayList<>();
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    for (int step = 0; step < points; step++) {
      double[] column = new double[draws];
      for (int d = 0; d < draws; d++) {
        column[d] = values[kind][d + 1][way][step];
      }
      Arrays.sort(column);
      mean.add(Arrays.stream(column).average().orElseThrow());
      low.add(column[(int) (0.05 * draws)]);
      high.add(column[draws - 1 - (int) (0.05 * draws)]);
    }
    double area = Curve.area(ordered);
    double sum = 0;
    int smaller = 0;
    for (int d = 0; d < draws; d++) {
      double other = Curve.area(list(values[kind][d + 1][way]));
      sum += other / draws;
      smaller += other < area ? 1 : 0;
    }
    return new Curve(ordered, new Curve.Band(mean, low, high, sum, (double) smaller / draws));
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
