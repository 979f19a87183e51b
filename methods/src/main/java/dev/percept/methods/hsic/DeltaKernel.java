package dev.percept.methods.hsic;

/** See {@link Kernel#binary()}. */
record DeltaKernel() implements Kernel {
  @Override
  public String name() {
    return "binary";
  }

  @Override
  public Fitted fit(double[] values) {
    Samples.finite(values);
    return (i, out) -> {
      for (int j = i; j < values.length; j++) {
        out[j] = values[i] == values[j] ? 1 : 0;
      }
    };
  }
}
