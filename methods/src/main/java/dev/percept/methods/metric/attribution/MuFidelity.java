package dev.percept.methods.metric.attribution;

import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Tensor;
import dev.percept.methods.attribution.Baseline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * µFidelity (Bhatt et al., 2020, <i>Evaluating and Aggregating Feature-based Model
 * Explanations</i>): over random subsets of places, Pearson's correlation between the sum of the
 * attributions in the subset and how far the score falls when the subset becomes the baseline. From
 * -1 to 1; 0 for a map or a score that does not vary. The same subsets serve every input.
 *
 * @param baseline what stands for places that are taken away
 * @param subsets how many subsets, at least 2
 * @param share which share of the cells a subset holds, more than 0 and less than 1
 * @param cells cells a side of the grid whose cells come and go as one; 0 takes single places,
 *     which changes so little of a large picture that scores hardly move
 * @param batch how many inputs the score is asked at once, at least 1
 */
public record MuFidelity(Baseline baseline, int subsets, double share, int cells, int batch)
    implements ScoreMetric {
  public MuFidelity {
    if (subsets < 2) {
      throw new IllegalArgumentException("mufidelity subsets: at least 2, found " + subsets);
    }
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "mufidelity share: more than 0 and less than 1, found " + share);
    }
    if (cells < 0 || cells == 1) {
      throw new IllegalArgumentException(
          "mufidelity cells: 0 for single places or at least 2 a side, found " + cells);
    }
    Batches.check("mufidelity", batch);
  }

  @Override
  public String name() {
    return "mufidelity";
  }

  @Override
  public Better better() {
    return Better.HIGHER;
  }

  @Override
  public String settings() {
    String what = cells == 0 ? "single places" : cells + " x " + cells + " cells";
    return subsets
        + " subsets of "
        + Math.round(100 * share)
        + " % of "
        + what
        + ", baseline "
        + baseline.words();
  }

  @Override
  public List<Double> of(Score score, Tensor inputs, Tensor maps, Run run) {
    Places.check(maps, inputs, score.inputShape());
    int height = maps.shape().dim(1);
    int width = maps.shape().dim(2);
    if (cells > Math.min(height, width)) {
      throw new IllegalArgumentException(
          "mufidelity cells: at most one a place, "
              + Math.min(height, width)
              + " a side, found "
              + cells);
    }
    int[] cellOf = cellOfPlace(height, width);
    boolean[][] taken = draw(cells == 0 ? height * width : cells * cells, run);
    Tensor absent = baseline.of(inputs, run);
    int places = height * width;
    int each = score.inputShape().size();
    float[] scores =
        Batches.score(
            score,
            inputs.rows() * (subsets + 1),
            batch,
            (index, target, offset) -> {
              int from = index / (subsets + 1) * each;
              inputs.copyTo(from, target, offset, each);
              int subset = index % (subsets + 1) - 1; // -1: the input as it is
              for (int at = 0; subset >= 0 && at < each; at++) {
                if (taken[subset][cellOf[at % places]]) {
                  target[offset + at] = absent.get(from + at);
                }
              }
            },
            run);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < inputs.rows(); i++) {
      double[] ofCell = new double[taken[0].length];
      for (int at = 0; at < places; at++) {
        ofCell[cellOf[at]] += maps.get(i * places + at);
      }
      values.add(correlation(ofCell, taken, scores, i * (subsets + 1)));
    }
    return values;
  }

  private double correlation(double[] ofCell, boolean[][] taken, float[] scores, int first) {
    double[] sums = new double[subsets];
    double[] drops = new double[subsets];
    for (int s = 0; s < subsets; s++) {
      for (int cell = 0; cell < ofCell.length; cell++) {
        sums[s] += taken[s][cell] ? ofCell[cell] : 0;
      }
      drops[s] = (double) scores[first] - scores[first + 1 + s];
    }
    return Correlation.pearson(sums, drops);
  }

  private int[] cellOfPlace(int height, int width) {
    int[] cell = new int[height * width];
    for (int at = 0; at < cell.length; at++) {
      cell[at] = cells == 0 ? at : at / width * cells / height * cells + at % width * cells / width;
    }
    return cell;
  }

  /** Subsets of equal size, each drawn without replacement. */
  private boolean[][] draw(int count, Run run) {
    RandomGenerator random = run.random("mufidelity.subsets");
    int size = (int) Math.max(1, Math.min(count - 1, Math.round(share * count)));
    int[] order = new int[count];
    Arrays.setAll(order, k -> k);
    boolean[][] taken = new boolean[subsets][count];
    for (boolean[] subset : taken) {
      for (int k = 0; k < size; k++) {
        int other = k + random.nextInt(count - k);
        int swap = order[k];
        order[k] = order[other];
        order[other] = swap;
        subset[order[k]] = true;
      }
    }
    return taken;
  }
}
