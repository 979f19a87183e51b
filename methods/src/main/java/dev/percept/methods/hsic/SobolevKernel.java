package dev.percept.methods.hsic;

/** See {@link Kernel#sobolev()}; B2 is the second Bernoulli polynomial. */
record SobolevKernel() implements Kernel {
  @Override
  public String name() {
    return "sobolev";
  }

  @Override
  public Fitted fit(double[] values) {
    for (double v : values) {
      if (!(v >= 0 && v <= 1)) {
        throw new IllegalArgumentException("sobolev kernel: values from 0 to 1, found " + v);
      }
    }
    return (i, out) -> {
      double x = values[i];
      for (int j = i; j < values.length; j++) {
        double distance = Math.abs(x - values[j]);
        double b2 = distance * distance - distance + 1.0 / 6;
        out[j] = 1 + (x - 0.5) * (values[j] - 0.5) + 0.5 * b2;
      }
    };
  }
}
