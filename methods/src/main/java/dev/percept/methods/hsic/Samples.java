package dev.percept.methods.hsic;

/** What kernels ask of a sample. */
final class Samples {
  private Samples() {}

  static void finite(double[] values) {
    for (double v : values) {
      if (!Double.isFinite(v)) {
        throw new IllegalArgumentException("hsic values: finite, found " + v);
      }
    }
  }
}
