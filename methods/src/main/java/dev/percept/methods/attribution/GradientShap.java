package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.DifferentiableScore;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Integrated Gradients with random points on the way and noise on the input (expected gradients;
 * Erion et al., 2021; GradientSHAP in the SHAP package), from one baseline. Its sum is random: it
 * is right on average, and {@link Attribution#gaps} says how far off this one is.
 *
 * @param samples random points
 * @param noise standard deviation of the noise, as a share of the picture's range of values; may be
 *     0
 * @param baseline where the way begins
 * @param batch most points of one call of the score
 */
public record GradientShap(int samples, double noise, Baseline baseline, int batch)
    implements Attributor<DifferentiableScore> {
  public GradientShap {
    Checks.atLeast("gradient-shap samples", 1, samples);
    if (!(noise >= 0 && noise <= 10)) {
      throw new IllegalArgumentException(
          "gradient-shap noise: 0 to 10 times the picture's range, found " + noise);
    }
    Checks.atLeast("gradient-shap batch", 1, batch);
  }

  @Override
  public String name() {
    return "gradient-shap";
  }

  /** Values n x c x h x w, signed. */
  @Override
  public Attribution attribute(DifferentiableScore score, Tensor inputs, Run run) {
    Checks.inputs(score, inputs);
    Tensor absent = baseline.of(inputs, run);
    int size = score.inputShape().size();
    float[] values = new float[inputs.shape().size()];
    List<Attribution.Gap> gaps = new ArrayList<>();
    float[] x = new float[size];
    float[] start = new float[size];
    try (Progress.Stage stage = run.stage(name(), (long) inputs.rows() * samples)) {
      for (int i = 0; i < inputs.rows(); i++) {
        inputs.copyTo(i * size, x, 0, size);
        absent.copyTo(i * size, start, 0, size);
        Planes.Range range = Planes.Range.of(x);
        float scale = (float) (noise * (range.high() - range.low()));
        double[] sums = new double[size];
        float[] end = new float[size];
        Gradients.ofVariants(
            score,
            samples,
            batch,
            (k, point) ->
                IntegratedGradients.between(
                    start, end(x, scale, k, run, end), share(k, run), point),
            (k, unused, gradient) -> {
              // The noise of sample k once more, rather than kept for all samples.
              end(x, scale, k, run, end);
              for (int p = 0; p < size; p++) {
                sums[p] += gradient[p] * ((double) end[p] - start[p]);
              }
              stage.advance(1);
            },
            run);
        double sum = 0;
        for (int p = 0; p < size; p++) {
          values[i * size + p] = (float) (sums[p] / samples);
          sum += values[i * size + p];
        }
        gaps.add(new Attribution.Gap(sum, IntegratedGradients.rise(score, x, start)));
      }
    }
    return new Attribution(
        name(),
        samples + " samples, noise " + noise + " of the picture's range",
        baseline.words(),
        Tensor.wrap(inputs.shape(), values),
        true,
        samples + 2,
        samples,
        gaps);
  }

  private static double share(int sample, Run run) {
    return run.random("attribution.gradient-shap.share." + sample).nextDouble();
  }

  private static float[] end(float[] x, float scale, int sample, Run run, float[] end) {
    RandomGenerator random = run.random("attribution.gradient-shap.noise." + sample);
    for (int p = 0; p < x.length; p++) {
      end[p] = scale == 0 ? x[p] : x[p] + scale * (float) random.nextGaussian();
    }
    return end;
  }
}
