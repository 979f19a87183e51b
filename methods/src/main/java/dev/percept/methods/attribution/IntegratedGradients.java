package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.DifferentiableScore;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient averaged over the straight way from the baseline to the input, times their
 * difference (Sundararajan, Taly and Yan, ICML 2017). In the limit the values add up to the score
 * less the score of the baseline; {@link Attribution#gaps} says how near these are, and a gap of
 * more than a few percent asks for more steps.
 *
 * @param steps points on the way
 * @param quadrature where they lie
 * @param baseline where the way begins; what looks like it gets nothing
 * @param batch most points of one call of the score
 */
public record IntegratedGradients(int steps, Quadrature quadrature, Baseline baseline, int batch)
    implements Attributor<DifferentiableScore> {
  public IntegratedGradients {
    Checks.atLeast("integrated-gradients steps", 1, steps);
    Checks.atLeast("integrated-gradients batch", 1, batch);
  }

  @Override
  public String name() {
    return "integrated-gradients";
  }

  /** Values n x c x h x w, signed. */
  @Override
  public Attribution attribute(DifferentiableScore score, Tensor inputs, Run run) {
    Checks.inputs(score, inputs);
    Tensor absent = baseline.of(inputs, run);
    Quadrature.Rule rule = quadrature.rule(steps);
    int size = score.inputShape().size();
    float[] values = new float[inputs.shape().size()];
    List<Attribution.Gap> gaps = new ArrayList<>();
    float[] x = new float[size];
    float[] start = new float[size];
    double[] mean = new double[size];
    try (Progress.Stage stage = run.stage(name(), (long) inputs.rows() * steps)) {
      for (int i = 0; i < inputs.rows(); i++) {
        inputs.copyTo(i * size, x, 0, size);
        absent.copyTo(i * size, start, 0, size);
        Arrays.fill(mean, 0);
        Gradients.ofVariants(
            score,
            steps,
            batch,
            (k, point) -> between(start, x, rule.at()[k], point),
            (k, unused, gradient) -> {
              double w = rule.weights()[k];
              for (int p = 0; p < size; p++) {
                mean[p] += w * gradient[p];
              }
              stage.advance(1);
            },
            run);
        double sum = 0;
        for (int p = 0; p < size; p++) {
          values[i * size + p] = (float) (mean[p] * ((double) x[p] - start[p]));
          sum += values[i * size + p];
        }
        gaps.add(new Attribution.Gap(sum, rise(score, x, start)));
      }
    }
    return new Attribution(
        name(),
        steps + " steps, " + quadrature.words(),
        baseline.words(),
        Tensor.wrap(inputs.shape(), values),
        true,
        steps + 2,
        steps,
        gaps);
  }

  static void between(float[] start, float[] end, double share, float[] point) {
    float s = (float) share;
    for (int p = 0; p < point.length; p++) {
      point[p] = start[p] + s * (end[p] - start[p]);
    }
  }

  /** Score of the input less score of the baseline. */
  static double rise(DifferentiableScore score, float[] x, float[] start) {
    Shape one = score.inputShape().batch(1);
    float end = score.score(Tensor.wrap(one, x))[0];
    float begin = score.score(Tensor.wrap(one, start))[0];
    Checks.finite(new float[] {end, begin});
    return (double) end - begin;
  }
}
