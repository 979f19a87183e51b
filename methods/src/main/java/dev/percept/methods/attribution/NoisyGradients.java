package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.DifferentiableScore;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;

/**
 * First and second moments of the gradient around an input, under Gaussian noise.
 *
 * @param name of the method
 * @param samples how many gradients an input
 * @param noise standard deviation, as a share of the picture's range of values
 * @param magnitude whether of the size of the gradient
 * @param batch most of them in one call of the score
 */
record NoisyGradients(String name, int samples, double noise, boolean magnitude, int batch) {
  NoisyGradients {
    check(name, samples, noise, batch);
  }

  /** Refuses options that make no sense. */
  static void check(String name, int samples, double noise, int batch) {
    Checks.atLeast(name + " samples", 1, samples);
    if (!(noise > 0 && noise <= 10)) {
      throw new IllegalArgumentException(
          name + " noise: more than 0 and at most 10 times the picture's range, found " + noise);
    }
    Checks.atLeast(name + " batch", 1, batch);
  }

  /** What a value of the map is. */
  @FunctionalInterface
  interface Value {
    double of(double mean, double meanSquare);
  }

  Attribution attribute(
      DifferentiableScore score, Tensor inputs, boolean signed, Value value, Run run) {
    Checks.inputs(score, inputs);
    int size = score.inputShape().size();
    float[] values = new float[inputs.shape().size()];
    float[] x = new float[size];
    try (Progress.Stage stage = run.stage(name, (long) inputs.rows() * samples)) {
      for (int i = 0; i < inputs.rows(); i++) {
        inputs.copyTo(i * size, x, 0, size);
        Planes.Range range = Planes.Range.of(x);
        float scale = (float) (noise * (range.high() - range.low()));
        double[] mean = new double[size];
        double[] square = new double[size];
        Gradients.ofVariants(
            score,
            samples,
            batch,
            (k, point) -> noisy(x, scale, run.random("attribution.noise." + k), point),
            (k, unused, gradient) -> {
              // Welford's recurrence: equal gradients have a variance of exactly 0.
              for (int p = 0; p < size; p++) {
                double g = magnitude ? Math.abs(gradient[p]) : gradient[p];
                double off = g - mean[p];
                mean[p] += off / (k + 1);
                square[p] += off * (g - mean[p]);
              }
              stage.advance(1);
            },
            run);
        for (int p = 0; p < size; p++) {
          double variance = square[p] / samples;
          values[i * size + p] = (float) value.of(mean[p], variance + mean[p] * mean[p]);
        }
      }
    }
    return new Attribution(
        name,
        samples
            + " samples, noise "
            + noise
            + " of the picture's range"
            + (magnitude ? ", magnitudes" : ""),
        null,
        Tensor.wrap(inputs.shape(), values),
        signed,
        samples,
        samples,
        null);
  }

  /** The noise of a number is the same for every picture, but for its scale. */
  private static void noisy(float[] x, float scale, RandomGenerator random, float[] point) {
    for (int p = 0; p < x.length; p++) {
      point[p] = x[p] + scale * (float) random.nextGaussian();
    }
  }
}
