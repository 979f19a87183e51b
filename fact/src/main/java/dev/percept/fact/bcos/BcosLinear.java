package dev.percept.fact.bcos;

import dev.percept.core.Shape;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A B-cos linear layer on the last axis: unit-norm rows, no bias, every output scaled by
 * |cos|^(B−1) of input and row; of {@code maxOut} rows the largest projection goes on, before it is
 * scaled.
 *
 * @param name of the layer in a state dict
 * @param in values that go in
 * @param out values that come out
 * @param b B, at least 1
 * @param maxOut rows an output
 */
record BcosLinear(String name, int in, int out, double b, int maxOut) implements Part {
  /** Keeps the norm of an empty input differentiable. */
  private static final double EPSILON = 1e-12;

  BcosLinear {
    if (in < 1 || out < 1 || maxOut < 1) {
      throw new IllegalArgumentException(
          "linear: at least 1 in, out and MaxOut, found " + in + ", " + out + ", " + maxOut);
    }
    new Cosine(b);
  }

  private String weight() {
    return name + ".linear.weight";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(new Parameter(weight(), Shape.of(out * maxOut, in), Parameter.Kind.ROWS));
  }

  @Override
  public Step with(Store store) {
    Supplier<Tensor> unit = store.unit(weight());
    Cosine cosine = new Cosine(b);
    return (x, how) -> {
      Tensor y = torch.linear(x, unit.get());
      Tensor projections =
          maxOut == 1 ? y : Scopes.owned(y.unflatten(-1, out, maxOut).max(-1, false).get0());
      return cosine.scale(projections, x, BcosLinear::norms, how);
    };
  }

  private static Tensor norms(Tensor x) {
    return x.square()
        .sum(new long[] {-1}, true, new ScalarTypeOptional())
        .add(new Scalar(EPSILON))
        .sqrt();
  }
}
