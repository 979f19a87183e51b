package dev.percept.fact.bcos;

import dev.percept.core.Shape;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A B-cos convolution: unit-norm filters, no bias, every output scaled by |cos|^(B−1) of its patch
 * and filter; of {@code maxOut} filters the largest projection goes on, before it is scaled.
 *
 * @param name of the layer in a state dict
 * @param in channels that go in
 * @param out channels that come out
 * @param kernel height and width of a filter
 * @param stride its step
 * @param padding zeros around the picture, on each side
 * @param dilation distance between the values of a filter
 * @param groups into how many parts channels fall that do not see one another
 * @param b B, at least 1
 * @param maxOut filters an output
 */
record BcosConv(
    String name,
    int in,
    int out,
    int kernel,
    int stride,
    int padding,
    int dilation,
    int groups,
    double b,
    int maxOut)
    implements Part {
  /** Keeps the norm of an empty patch differentiable. */
  private static final float EPSILON = 1e-6f;

  BcosConv {
    atLeast(1, "in", in);
    atLeast(1, "out", out);
    atLeast(1, "kernel", kernel);
    atLeast(1, "stride", stride);
    atLeast(0, "padding", padding);
    atLeast(1, "dilation", dilation);
    atLeast(1, "groups", groups);
    atLeast(1, "MaxOut", maxOut);
    new Cosine(b);
    if (in % groups != 0 || out % groups != 0) {
      throw new IllegalArgumentException(
          "groups: a divisor of " + in + " and " + out + " channels, found " + groups);
    }
  }

  private static void atLeast(int least, String what, int value) {
    if (value < least) {
      throw new IllegalArgumentException(what + ": at least " + least + ", found " + value);
    }
  }

  private String weight() {
    return name + ".linear.weight";
  }

  @Override
  public List<Parameter> parameters() {
    Shape shape = Shape.of(out * maxOut, in / groups, kernel, kernel);
    return List.of(new Parameter(weight(), shape, Parameter.Kind.FILTERS));
  }

  @Override
  public Step with(Store store) {
    Supplier<Tensor> unit = store.unit(weight());
    Cosine cosine = new Cosine(b);
    return (x, how) -> cosine.scale(projections(x, unit.get()), x, this::norms, how);
  }

  private Tensor projections(Tensor x, Tensor unit) {
    Tensor y =
        torch.conv2d(
            x,
            unit,
            new TensorOptional(),
            new long[] {stride, stride},
            new long[] {padding, padding},
            new long[] {dilation, dilation},
            groups);
    return maxOut == 1 ? y : Scopes.owned(y.unflatten(1, out, maxOut).max(2, false).get0());
  }

  /** ‖patch‖ at every place: n x 1 x height x width, with groups n x out x height x width. */
  private Tensor norms(Tensor x) {
    Tensor squares =
        groups == 1
            ? x.square().sum(new long[] {1}, true, new ScalarTypeOptional())
            : x.square()
                .unflatten(1, groups, in / groups)
                .sum(new long[] {2}, false, new ScalarTypeOptional());
    Tensor norms = sums(squares).add(new Scalar(EPSILON)).sqrt();
    return groups == 1
        ? norms
        : norms.repeat_interleave(out / groups, new LongOptional(1), new LongOptional());
  }

  /** Sums over patches, channel by channel. */
  private Tensor sums(Tensor squares) {
    long[] size = {kernel, kernel};
    long[] step = {stride, stride};
    long[] around = {padding, padding};
    if (kernel == 1 && stride == 1 && padding == 0) {
      return squares;
    }
    if (dilation == 1) {
      // The divisor replaces the number of values of a patch: a sum, not a mean.
      return torch.avg_pool2d(squares, size, step, around, false, true, new LongOptional(1));
    }
    Tensor ones = torch.ones(groups, 1, kernel, kernel);
    long[] apart = {dilation, dilation};
    return torch.conv2d(squares, ones, new TensorOptional(), step, around, apart, groups);
  }
}
