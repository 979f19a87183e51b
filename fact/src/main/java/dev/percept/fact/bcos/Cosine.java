package dev.percept.fact.bcos;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What makes a layer a B-cos layer: {@code |cos(x, w)|^(B−1) ŵᵀx} from {@code ŵᵀx}.
 *
 * <p>Böhle et al., B-cos Networks: Alignment is All We Need for Interpretability, CVPR 2022,
 * equations 3 and 11.
 *
 * @param b B, at least 1
 */
record Cosine(double b) {
  /** Keeps a power of |cos| differentiable at 0. */
  private static final float EPSILON = 1e-6f;

  Cosine {
    if (!(b >= 1 && b < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("B: at least 1, found " + b);
    }
  }

  /**
   * Scales {@code projections} by their cosines.
   *
   * @param projections ŵᵀx, after MaxOut
   * @param x the layer's input
   * @param norm from the input to ‖x‖, in a shape that fits the projections
   */
  Tensor scale(Tensor projections, Tensor x, UnaryOperator<Tensor> norm, Forward how) {
    if (b == 1) {
      return projections;
    }
    Tensor still = how.explains() ? projections.detach() : projections;
    Tensor length = norm.apply(how.explains() ? x.detach() : x);
    // Where no gradient is recorded nothing needs the values in between.
    boolean inPlace = !still.requires_grad() && !length.requires_grad();
    if (b == 2) {
      Tensor scaling = inPlace ? still.abs().div_(length) : still.abs().div(length);
      return multiply(scaling, projections);
    }
    Tensor cosine = still.div(length).abs().add(new Scalar(EPSILON));
    return multiply(cosine.pow(new Scalar(b - 1)), projections);
  }

  private static Tensor multiply(Tensor scaling, Tensor projections) {
    return scaling.requires_grad() || projections.requires_grad()
        ? scaling.mul(projections)
        : scaling.mul_(projections);
  }
}
