package dev.percept.methods.metric.attribution;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A mean over pictures and what other pictures of the same kind would give: a 95 % percentile
 * bootstrap interval over pictures.
 *
 * @param mean the mean
 * @param low lower end of the interval
 * @param high upper end; with one picture the interval has no width and says nothing
 * @param pictures how many pictures
 */
public record BootstrapMean(double mean, double low, double high, int pictures) {
  private static final int RESAMPLES = 2000;

  /**
   * The mean of one value a picture. The same generator and number of pictures draw the same
   * resamples, so means of several methods over the same pictures are comparable.
   *
   * @throws IllegalArgumentException if there are no values or one is not finite
   */
  public static BootstrapMean of(List<Double> values, RandomGenerator random) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("mean: at least 1 picture, found none");
    }
    int n = values.size();
    double[] each = new double[n];
    for (int i = 0; i < n; i++) {
      each[i] = values.get(i);
      if (!Double.isFinite(each[i])) {
        throw new IllegalArgumentException("mean: finite values only, found " + each[i]);
      }
    }
    double[] means = new double[RESAMPLES];
    for (int s = 0; s < RESAMPLES; s++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += each[random.nextInt(n)];
      }
      means[s] = sum / n;
    }
    Arrays.sort(means);
    return new BootstrapMean(
        Arrays.stream(each).sum() / n,
        means[(int) (0.025 * RESAMPLES)],
        means[(int) (0.975 * RESAMPLES) - 1],
        n);
  }

  /** Whether 0 lies in the interval: for a difference, that it cannot be told from none. */
  public boolean includesZero() {
    return low <= 0 && high >= 0;
  }
}
