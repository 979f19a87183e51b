package dev.percept.methods.craft;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.MaskedLogits;
import java.util.List;

/**
 * Logits of one picture under masks where the head has been verified to be affine: the model is
 * asked r + 1 times, and every other mask is a sum.
 */
final class AffineLogits implements MaskedLogits {
  /** Row 0: no concept; row k + 1: concept k alone. */
  private final Tensor alone;

  private AffineLogits(Tensor alone) {
    this.alone = alone;
  }

  static List<AffineLogits> of(List<CodeScore> scores, Run run) {
    AffineLogits[] all = new AffineLogits[scores.size()];
    run.parallel(all.length, i -> all[i] = of(scores.get(i)));
    return List.of(all);
  }

  private static AffineLogits of(CodeScore score) {
    int r = score.concepts();
    return new AffineLogits(score.logits(oneAtATime(r)));
  }

  /** Masks that keep nothing, then one concept each: (r + 1) x r. */
  static Tensor oneAtATime(int r) {
    float[] masks = new float[(r + 1) * r];
    for (int k = 0; k < r; k++) {
      masks[(k + 1) * r + k] = 1;
    }
    return Tensor.wrap(Shape.of(r + 1, r), masks);
  }

  @Override
  public int concepts() {
    return alone.rows() - 1;
  }

  @Override
  public Tensor logits(Tensor masks) {
    int outputs = alone.shape().dim(1);
    double[][] added = added();
    float[] start = alone.row(0).toArray();
    float[] logits = new float[masks.rows() * outputs];
    double[] sum = new double[outputs];
    for (int i = 0; i < masks.rows(); i++) {
      for (int c = 0; c < outputs; c++) {
        sum[c] = start[c];
      }
      for (int k = 0; k < added.length; k++) {
        add(masks.get(i, k), added[k], sum);
      }
      for (int c = 0; c < outputs; c++) {
        logits[i * outputs + c] = (float) sum[c];
      }
    }
    return Tensor.wrap(Shape.of(masks.rows(), outputs), logits);
  }

  /** What each concept adds to every logit: r x outputs. */
  private double[][] added() {
    double[][] added = new double[concepts()][alone.shape().dim(1)];
    for (int k = 0; k < added.length; k++) {
      for (int c = 0; c < added[k].length; c++) {
        added[k][c] = (double) alone.get(k + 1, c) - alone.get(0, c);
      }
    }
    return added;
  }

  private static void add(double mask, double[] added, double[] sum) {
    if (mask != 0) {
      for (int c = 0; c < sum.length; c++) {
        sum[c] += mask * added[c];
      }
    }
  }
}
