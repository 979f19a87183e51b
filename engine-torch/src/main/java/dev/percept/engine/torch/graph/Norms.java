package dev.percept.engine.torch.graph;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Normalisations as they are at inference. */
final class Norms {
  private Norms() {}

  static Map<String, Operator> operators() {
    Map<String, Operator> all = new TreeMap<>();
    all.put("BatchNormalization", Operator.of(Norms::batch));
    all.put("InstanceNormalization", Operator.of(Norms::instance));
    all.put("LayerNormalization", Operator.of(Norms::layer));
    all.put("GroupNormalization", Operator.of(Norms::group));
    all.put("LpNormalization", Operator.of(Norms::lp));
    all.put("LRN", Operator.of(Norms::local));
    return all;
  }

  private static Tensor batch(Call c) {
    if (c.integer("training_mode", 0) == 1) {
      throw new IllegalArgumentException(
          c.label() + " is in training mode; export the model in evaluation mode");
    }
    double epsilon = c.number("epsilon", 1e-5f);
    return torch.batch_norm(
        c.x(),
        c.optional(1),
        c.optional(2),
        c.optional(3),
        c.optional(4),
        false,
        0,
        epsilon,
        false);
  }

  private static Tensor instance(Call c) {
    return torch.instance_norm(
        c.x(),
        c.optional(1),
        c.optional(2),
        new TensorOptional(),
        new TensorOptional(),
        true,
        0,
        c.number("epsilon", 1e-5f),
        false);
  }

  private static Tensor layer(Call c) {
    long[] dims = c.x().shape();
    int axis = Axes.front(c.integer("axis", -1), dims.length);
    return layer(c, Arrays.copyOfRange(dims, axis, dims.length), c.number("epsilon", 1e-5f));
  }

  /** Normalises the last axes; input 1 scales and input 2, where there is one, shifts. */
  static Tensor layer(Call c, long[] axes, double epsilon) {
    boolean plain =
        Arrays.equals(c.tensor(1).shape(), axes)
            && (!c.has(2) || Arrays.equals(c.tensor(2).shape(), axes));
    if (plain) {
      return torch.layer_norm(c.x(), axes, c.optional(1), c.optional(2), epsilon, false);
    }
    Tensor y =
        torch
            .layer_norm(c.x(), axes, new TensorOptional(), new TensorOptional(), epsilon, false)
            .mul(c.tensor(1));
    return c.has(2) ? y.add(c.tensor(2)) : y;
  }

  /** Scale and shift have a value a group before operator set 21, then a value a channel. */
  private static Tensor group(Call c) {
    long groups = c.integer("num_groups", 1);
    long each = c.x().size(1) / groups;
    Tensor scale = c.tensor(1);
    Tensor shift = c.tensor(2);
    if (scale.size(0) != c.x().size(1)) {
      scale = spread(scale, each);
      shift = spread(shift, each);
    }
    return torch.group_norm(
        c.x(),
        groups,
        new TensorOptional(scale),
        new TensorOptional(shift),
        c.number("epsilon", 1e-5f),
        false);
  }

  private static Tensor spread(Tensor values, long each) {
    return values.unsqueeze(1).expand(values.size(0), each).reshape(values.size(0) * each);
  }

  private static Tensor lp(Call c) {
    long[] axis = {c.integer("axis", -1)};
    Tensor x = c.x();
    if (c.integer("p", 2) == 1) {
      return x.div(torch.sum(x.abs(), axis, true, new ScalarTypeOptional()));
    }
    return x.div(torch.sum(x.mul(x), axis, true, new ScalarTypeOptional()).sqrt());
  }

  /** Krizhevsky's: divided by a power of the mean square of neighbouring channels. */
  private static Tensor local(Call c) {
    Tensor x = c.x();
    long size = c.integer("size", 1);
    long before = (size - 1) / 2;
    // Channels as the rows of a picture, places as its columns.
    Tensor squares = x.mul(x).reshape(x.size(0), 1, x.size(1), -1);
    squares = torch.constant_pad_nd(squares, 0, 0, before, size - 1 - before);
    Tensor mean =
        torch.avg_pool2d(
            squares,
            new long[] {size, 1},
            new long[] {1, 1},
            new long[] {0, 0},
            false,
            true,
            new LongOptional());
    Tensor scale =
        mean.mul(new Scalar(c.number("alpha", 1e-4f)))
            .add(new Scalar(c.number("bias", 1)))
            .pow(new Scalar(c.number("beta", 0.75f)));
    return x.div(scale.reshape(x.shape()));
  }
}
