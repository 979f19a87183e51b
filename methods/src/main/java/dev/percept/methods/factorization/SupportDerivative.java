package dev.percept.methods.factorization;

import java.util.Arrays;

/**
 * The implicit derivative of non-negative least squares at one row: on the support S of the code
 * {@code ∂u_S/∂a = (W_S W_Sᵀ)⁻¹ W_S}, elsewhere zero (Fel et al., CRAFT, CVPR 2023, section 3.3,
 * where the optimality conditions are differentiated). Exact wherever the support is the same
 * nearby, which is almost everywhere.
 *
 * <p>In double precision. Holds scratch memory: one thread a time.
 */
final class SupportDerivative {
  /**
   * Squared sine of the angle between an atom and the others in use below which they count as
   * dependent: from there on the rounding of float32 activations (6e-8) moves codes by more than a
   * thousandth of their size.
   */
  static final double DEPENDENT = 1e-8;

  /**
   * Added to the unit diagonal where atoms depend on one another; well above {@link #DEPENDENT}.
   */
  static final double RIDGE = 1e-6;

  private final int r;
  private final float[] atoms;
  private final double[] scale;
  private final Cholesky exact;
  private final Cholesky ridged;
  private final double[] right;
  private final double[] solved;
  private final int[] support;

  /**
   * For a dictionary.
   *
   * @param gram W Wᵀ, r x r
   * @param atoms W, r x p
   */
  SupportDerivative(double[] gram, float[] atoms, int r) {
    this.r = r;
    this.atoms = atoms;
    this.scale = new double[r];
    double[] unit = new double[r * r];
    double[] lifted = new double[r * r];
    for (int k = 0; k < r; k++) {
      scale[k] = gram[k * r + k] > 0 ? 1 / Math.sqrt(gram[k * r + k]) : 0;
    }
    for (int i = 0; i < unit.length; i++) {
      unit[i] = gram[i] * scale[i / r] * scale[i % r];
      lifted[i] = unit[i] + (i / r == i % r ? RIDGE : 0);
    }
    this.exact = new Cholesky(unit, r, DEPENDENT);
    this.ridged = new Cholesky(lifted, r, 0);
    this.right = new double[r];
    this.solved = new double[r];
    this.support = new int[r];
  }

  /**
   * {@code W_Sᵀ (W_S W_Sᵀ)⁻¹ v_S}.
   *
   * @param codes the row's codes from {@code at} on; S is where they are more than 0
   * @param cotangent v, r values from {@code at} on
   * @param gradient p values, overwritten
   * @return whether the atoms in use depend on one another, so that the system was regularised
   */
  boolean pull(float[] codes, float[] cotangent, int at, double[] gradient) {
    Arrays.fill(gradient, 0);
    int count = 0;
    boolean asked = false;
    for (int k = 0; k < r; k++) {
      if (codes[at + k] > 0 && scale[k] > 0) {
        support[count++] = k;
        right[k] = cotangent[at + k] * scale[k];
        asked |= cotangent[at + k] != 0;
      }
    }
    if (!asked) {
      return false;
    }
    boolean dependent = exact.solve(support, count, right, solved) >= 0;
    if (dependent) {
      ridged.solve(support, count, right, solved);
    }
    int p = gradient.length;
    for (int i = 0; i < count; i++) {
      int k = support[i];
      double y = solved[k] * scale[k];
      for (int j = 0; j < p; j++) {
        gradient[j] += y * atoms[k * p + j];
      }
    }
    return dependent;
  }
}
