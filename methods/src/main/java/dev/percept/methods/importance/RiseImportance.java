package dev.percept.methods.importance;

import dev.percept.core.Importance;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.List;

/**
 * RISE on concepts (Petsiuk, Das and Saenko, BMVC 2018): concepts are switched off at random, and a
 * concept is worth what the score is on average with it, {@code E[f(m) | m_k = 1]}. Reported is the
 * difference to the average without it, {@code E[f | m_k = 1] − E[f | m_k = 0]}: the same order,
 * since the published value is that times {@code 1 − keep} plus {@code E[f]}, which is the same for
 * all concepts; without that offset a value says how much the concept gives, and its sign whether
 * it raises the score. For a score that is affine in its masks it is the concept's contribution, up
 * to the scatter of the draws.
 *
 * @param masks an example, at least 16
 * @param keep the probability that a concept stays, between 0 and 1
 */
public record RiseImportance(int masks, double keep) implements ImportanceEstimator<MaskedScore> {
  /** Its name in files. */
  public static final String NAME = "rise";

  /** Masks of one call: bounds memory. */
  private static final int MASKS_PER_CALL = 1024;

  private static final int FEWEST = 16;

  public RiseImportance {
    if (masks < FEWEST) {
      throw new IllegalArgumentException("rise masks: at least " + FEWEST + ", found " + masks);
    }
    if (!(keep > 0 && keep < 1)) {
      throw new IllegalArgumentException("rise keep: between 0 and 1, found " + keep);
    }
  }

  /** 1,024 masks that keep half of the concepts. */
  public static RiseImportance defaults() {
    return new RiseImportance(1024, 0.5);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Importance estimate(List<? extends MaskedScore> examples, Run run) {
    int r = Checks.examples(examples);
    int n = examples.size();
    double[][] values = new double[n][r];
    double[][] variances = new double[n][r];
    try (Progress.Stage stage = run.stage("importance, " + NAME, n)) {
      run.parallel(
          n,
          e -> {
            Tensor drawn = Masks.binary(masks, r, keep, run.random("importance.rise." + e));
            float[] f = Masks.scores(examples.get(e), drawn, MASKS_PER_CALL);
            for (int k = 0; k < r; k++) {
              difference(drawn, f, k, values[e], variances[e]);
            }
            stage.advance(1);
          });
    }
    return new Sampled(values, variances, values, masks - 2)
        .importance(new Summary.Estimate(NAME, Importance.Scale.SCORE, masks, true), run);
  }

  /** Difference of the two means and its variance (Welch, 1947); 0 where a side has one mask. */
  private static void difference(
      Tensor masks, float[] f, int k, double[] value, double[] variance) {
    double[] count = new double[2];
    double[] sum = new double[2];
    double[] squares = new double[2];
    for (int i = 0; i < f.length; i++) {
      int side = masks.get(i, k) > 0 ? 1 : 0;
      // Relative to one of them, for precision.
      double v = (double) f[i] - f[0];
      count[side]++;
      sum[side] += v;
      squares[side] += v * v;
    }
    if (count[0] < 2 || count[1] < 2) {
      return;
    }
    value[k] = sum[1] / count[1] - sum[0] / count[0];
    for (int side = 0; side < 2; side++) {
      double scatter = Math.max(0, squares[side] - sum[side] * sum[side] / count[side]);
      variance[k] += scatter / (count[side] - 1) / count[side];
    }
  }
}
