package dev.percept.methods.hsic;

import java.util.Arrays;

/**
 * See {@link Kernel#rbf(double)} and {@link Kernel#rbf()}.
 *
 * @param bandwidth NaN for the median distance of the sample
 */
record RbfKernel(double bandwidth) implements Kernel {
  /** Beyond this many values every k-th of the sorted sample stands for all: 2 million pairs. */
  private static final int PAIRS_OF = 2048;

  RbfKernel {
    if (!Double.isNaN(bandwidth) && !(bandwidth > 0 && bandwidth < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "rbf bandwidth: more than 0 and finite, found " + bandwidth);
    }
  }

  @Override
  public String name() {
    return Double.isNaN(bandwidth) ? "rbf median" : "rbf " + bandwidth;
  }

  @Override
  public Fitted fit(double[] values) {
    Samples.finite(values);
    double b = Double.isNaN(bandwidth) ? medianDistance(values) : bandwidth;
    // Scaled before they are squared: a tiny bandwidth must not underflow.
    return (i, out) -> {
      for (int j = i; j < values.length; j++) {
        double d = (values[i] - values[j]) / b;
        out[j] = Math.exp(-0.5 * d * d);
      }
    };
  }

  /** The median distance of two different values; 1 where all are equal. */
  private static double medianDistance(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int step = (sorted.length + PAIRS_OF - 1) / PAIRS_OF;
    int n = (sorted.length + step - 1) / step;
    double[] distances = new double[n * (n - 1) / 2];
    int count = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double d = sorted[i * step] - sorted[j * step];
        if (d > 0) {
          distances[count++] = d;
        }
      }
    }
    if (count == 0) {
      return 1;
    }
    Arrays.sort(distances, 0, count);
    return (distances[(count - 1) / 2] + distances[count / 2]) / 2;
  }
}
