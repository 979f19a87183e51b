package dev.percept.methods.importance;

import dev.percept.core.Importance;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.methods.hsic.Hsic;
import dev.percept.methods.hsic.HsicIndex;
import java.util.List;

/**
 * HSIC on concepts (Novello, Fel and Vigouroux, NeurIPS 2022): how far the score depends on each
 * concept when concepts are masked at random, in any way at all; the normalised index, unbiased, so
 * that a concept without effect is 0 on average. Says little about how much: a saturated score
 * makes all indices small.
 *
 * @param binary whether concepts are there or not, with equal chances, compared by the binary
 *     kernel; otherwise masks are even points from 0 to 1, compared by the Sobolev kernel
 * @param masks of a randomisation, at least 16
 * @param randomisations independent ones an example, at least 2; from their scatter comes the
 *     interval
 */
public record HsicImportance(boolean binary, int masks, int randomisations)
    implements ImportanceEstimator<MaskedScore> {
  /** Its name in files. */
  public static final String NAME = "hsic";

  /** Masks of one call: bounds memory. */
  private static final int MASKS_PER_CALL = 1024;

  private static final int FEWEST = 16;

  public HsicImportance {
    if (masks < FEWEST) {
      throw new IllegalArgumentException("hsic masks: at least " + FEWEST + ", found " + masks);
    }
    if (randomisations < 2) {
      throw new IllegalArgumentException(
          "hsic randomisations: at least 2, found " + randomisations);
    }
  }

  /** Concepts there or not, 4 times 256 masks an example. */
  public static HsicImportance defaults() {
    return new HsicImportance(true, 256, 4);
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
    double[][] slopes = new double[n][r];
    // Examples already run side by side.
    Run single = run.withThreads(1);
    try (Progress.Stage stage = run.stage("importance, " + NAME, n)) {
      run.parallel(
          n,
          e -> {
            double[][] estimates = new double[randomisations][];
            for (int b = 0; b < randomisations; b++) {
              run.throwIfCancelled();
              estimates[b] = indices(examples.get(e), e, b, slopes[e], single);
            }
            Moments.of(estimates, values[e], variances[e]);
            stage.advance(1);
          });
    }
    return new Sampled(values, variances, slopes, randomisations - 1)
        .importance(
            new Summary.Estimate(NAME, Importance.Scale.DEPENDENCE, masks * randomisations, true),
            run);
  }

  private double[] indices(MaskedScore score, int e, int b, double[] slope, Run run) {
    int r = score.concepts();
    var random = run.random("importance.hsic." + e + "." + b);
    Tensor design =
        binary ? Masks.binary(masks, r, 0.5, random) : Sampler.SOBOL.points(masks, r, random);
    float[] f = Masks.scores(score, design, MASKS_PER_CALL);
    double[] indices = new double[r];
    if (Masks.isConstant(f)) {
      return indices;
    }
    Hsic hsic = (binary ? Hsic.ofBinaryMasks() : Hsic.ofRealMasks()).withoutBias();
    List<HsicIndex> found = hsic.measure(design, f, run);
    for (int k = 0; k < r; k++) {
      indices[k] = found.get(k).normalised();
      slope[k] += Masks.slope(design, f, k) / randomisations;
    }
    return indices;
  }
}
