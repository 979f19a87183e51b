package dev.percept.methods.hsic;

/**
 * A way to say how alike two values of one variable are. {@link #fit} makes it ready for a sample,
 * because a bandwidth may depend on it. Adding a constant to a kernel changes no index.
 */
public sealed interface Kernel permits DeltaKernel, RbfKernel, SobolevKernel {
  /** Its name in files, {@code rbf 0.5}. */
  String name();

  /**
   * Makes it ready for a sample.
   *
   * @throws IllegalArgumentException if a value is not finite or not one that this kernel is for
   */
  Fitted fit(double[] values);

  /**
   * 1 for equal values, 0 for others: for masks of 0 and 1, and other values that are few. On such
   * masks {@code 1/2 − (x − y)²}, as published, gives the same indices.
   */
  static Kernel binary() {
    return new DeltaKernel();
  }

  /** {@code exp(−(x − y)² / 2 b²)} with a bandwidth b above 0. */
  static Kernel rbf(double bandwidth) {
    return new RbfKernel(bandwidth);
  }

  /**
   * {@code exp(−(x − y)² / 2 b²)}, b the median distance of two different values of the sample: the
   * usual rule of thumb, which neither an offset nor a unit changes.
   */
  static Kernel rbf() {
    return new RbfKernel(Double.NaN);
  }

  /**
   * The kernel of the Sobolev space of order 1 on [0, 1], {@code 1 + (x − ½)(y − ½) + ½ ((x − y)² −
   * |x − y| + 1/6)}: no bandwidth to choose. For masks from 0 to 1.
   */
  static Kernel sobolev() {
    return new SobolevKernel();
  }

  /** A kernel on one sample. */
  interface Fitted {
    /** Writes {@code k(x_i, x_j)} for j = i ... n − 1 to {@code out[j]}. */
    void row(int i, double[] out);
  }
}
