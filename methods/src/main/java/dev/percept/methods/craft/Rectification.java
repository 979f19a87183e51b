package dev.percept.methods.craft;

import dev.percept.core.Activations;
import dev.percept.core.Examples;
import dev.percept.core.RectifiedModel;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.Top1;

/**
 * What it costs to set negative activations to 0 before concepts are sought ({@link
 * RectifiedModel}). All shares are of examples of one class and lie between 0 and 1.
 *
 * @param negative share of the activations that are below 0
 * @param variance share of the variance of the activations, summed over the features, that is gone
 * @param accuracy share of the examples that h(max(0, g(x))) gives the class
 * @param whole share of the examples that the model gives the class
 * @param agreement share of the examples that both answer alike
 */
public record Rectification(
    double negative, double variance, double accuracy, double whole, double agreement) {

  /**
   * Measures it at all locations of all examples.
   *
   * @param model not rectified
   * @param batch examples that go through the model at once
   */
  public static Rectification measure(
      SplitModel model, Examples examples, Target target, int batch, Run run) {
    int n = examples.size();
    int outputs = model.outputs();
    float[] whole = new float[n * outputs];
    float[] rectified = new float[n * outputs];
    Tally[] tallies = new Tally[Passes.batches(n, batch)];
    Passes.forEachBatch(
        examples,
        batch,
        "rectified",
        run,
        (inputs, from) -> {
          Activations a = model.activations(inputs);
          tallies[from / batch] = Tally.of(a.matrix());
          int all = inputs.rows() * outputs;
          model.head(a.values()).copyTo(0, whole, from * outputs, all);
          model
              .head(RectifiedModel.rectified(a.values()))
              .copyTo(0, rectified, from * outputs, all);
        });
    Tally all = new Tally(model.features());
    for (Tally tally : tallies) {
      all.add(tally);
    }
    Tensor before = Tensor.wrap(Shape.of(n, outputs), whole);
    Tensor after = Tensor.wrap(Shape.of(n, outputs), rectified);
    double variance = all.variance(0);
    return new Rectification(
        all.rows == 0 ? 0 : all.negative / ((double) all.rows * model.features()),
        variance > 0 ? Math.max(0, 1 - all.variance(1) / variance) : 0,
        Top1.share(after, target.index()).value().orElse(0),
        Top1.share(before, target.index()).value().orElse(0),
        Logits.agreement(before, after));
  }

  /** Sums and sums of squares of each feature, as it is and rectified. */
  private static final class Tally {
    private final double[][] sums;
    private final double[][] squares;
    private long rows;
    private long negative;

    Tally(int features) {
      sums = new double[2][features];
      squares = new double[2][features];
    }

    static Tally of(Tensor matrix) {
      Tally tally = new Tally(matrix.shape().dim(1));
      tally.rows = matrix.rows();
      for (int i = 0; i < matrix.rows(); i++) {
        for (int f = 0; f < tally.sums[0].length; f++) {
          double v = matrix.get(i, f);
          tally.sums[0][f] += v;
          tally.squares[0][f] += v * v;
          if (v < 0) {
            tally.negative++;
          } else {
            tally.sums[1][f] += v;
            tally.squares[1][f] += v * v;
          }
        }
      }
      return tally;
    }

    void add(Tally other) {
      rows += other.rows;
      negative += other.negative;
      for (int side = 0; side < 2; side++) {
        for (int f = 0; f < sums[side].length; f++) {
          sums[side][f] += other.sums[side][f];
          squares[side][f] += other.squares[side][f];
        }
      }
    }

    double variance(int side) {
      double sum = 0;
      for (int f = 0; f < sums[side].length; f++) {
        double mean = sums[side][f] / rows;
        sum += Math.max(0, squares[side][f] / rows - mean * mean);
      }
      return sum;
    }
  }
}
