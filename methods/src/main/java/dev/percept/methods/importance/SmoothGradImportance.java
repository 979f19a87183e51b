package dev.percept.methods.importance;

import dev.percept.core.DifferentiableMaskedScore;
import dev.percept.core.Importance;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * SmoothGrad on concepts (Smilkov et al., 2017): slopes in the masks, averaged over masks of 1 plus
 * Gaussian noise. {@link GradientTimesCode} without what happens to be so at one point only. Masks
 * leave [0, 1]; they are not cut, since that would bias them.
 *
 * @param samples masks an example, at least 2
 * @param noise standard deviation of a mask, where 1 is the concept as it is; more than 0
 */
public record SmoothGradImportance(int samples, double noise)
    implements ImportanceEstimator<DifferentiableMaskedScore> {
  /** Its name in files. */
  public static final String NAME = "smoothgrad";

  public SmoothGradImportance {
    if (samples < 2) {
      throw new IllegalArgumentException("smoothgrad samples: at least 2, found " + samples);
    }
    if (!(noise > 0 && noise < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "smoothgrad noise: more than 0 and finite, found " + noise);
    }
  }

  /** 32 samples, noise of 0.2. */
  public static SmoothGradImportance defaults() {
    return new SmoothGradImportance(32, 0.2);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Importance estimate(List<? extends DifferentiableMaskedScore> examples, Run run) {
    int r = Checks.examples(examples);
    int n = examples.size();
    double[][] values = new double[n][r];
    double[][] variances = new double[n][r];
    try (Progress.Stage stage = run.stage("importance, " + NAME, n)) {
      run.parallel(
          n,
          e -> {
            sample(
                examples.get(e), run.random("importance.smoothgrad." + e), values[e], variances[e]);
            stage.advance(1);
          });
    }
    return new Sampled(values, variances, values, samples - 1)
        .importance(new Summary.Estimate(NAME, Importance.Scale.SCORE, samples, true), run);
  }

  private void sample(
      DifferentiableMaskedScore score, RandomGenerator random, double[] mean, double[] variance) {
    int r = mean.length;
    float[] masks = new float[samples * r];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = (float) (1 + noise * random.nextGaussian());
    }
    double[][] slopes = new double[samples][r];
    Gradients.each(
        score,
        Tensor.wrap(Shape.of(samples, r), masks),
        (i, gradient) -> {
          for (int k = 0; k < r; k++) {
            slopes[i][k] = gradient.get(k);
          }
        });
    Moments.of(slopes, mean, variance);
  }
}
