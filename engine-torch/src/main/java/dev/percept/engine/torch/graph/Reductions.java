package dev.percept.engine.torch.graph;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Sums, means, extrema and running sums along axes. */
final class Reductions {
  private Reductions() {}

  private interface Reduction {
    Tensor apply(Tensor x, long[] axes, boolean keep);
  }

  static Map<String, Operator> operators() {
    Map<String, Operator> all = new TreeMap<>();
    put(all, "ReduceSum", Reductions::sum);
    put(all, "ReduceMean", Reductions::mean);
    put(all, "ReduceMax", torch::amax);
    put(all, "ReduceMin", torch::amin);
    put(all, "ReduceProd", Reductions::product);
    put(all, "ReduceL1", (x, axes, keep) -> sum(x.abs(), axes, keep));
    put(all, "ReduceL2", (x, axes, keep) -> sum(x.mul(x), axes, keep).sqrt());
    put(all, "ReduceSumSquare", (x, axes, keep) -> sum(x.mul(x), axes, keep));
    put(all, "ReduceLogSum", (x, axes, keep) -> sum(x, axes, keep).log());
    put(all, "ReduceLogSumExp", torch::logsumexp);
    all.put("ArgMax", Operator.of(c -> extreme(c, true)));
    all.put("ArgMin", Operator.of(c -> extreme(c, false)));
    all.put("CumSum", Operator.of(Reductions::running));
    all.put("TopK", Reductions::top);
    return all;
  }

  private static void put(Map<String, Operator> all, String name, Reduction reduction) {
    all.put(
        name,
        Operator.of(
            c -> {
              long[] axes = c.integers("axes", 1);
              boolean none = axes == null || axes.length == 0;
              if (none && c.integer("noop_with_empty_axes", 0) == 1) {
                return new Tensor(c.x());
              }
              long[] along = none || axes == null ? Axes.all((int) c.x().dim()) : axes;
              return reduction.apply(c.x(), along, c.integer("keepdims", 1) == 1);
            }));
  }

  private static Tensor sum(Tensor x, long[] axes, boolean keep) {
    // A type of its own: libtorch would make sums of small integers int64.
    return torch.sum(x, axes, keep, new ScalarTypeOptional(x.scalar_type().intern()));
  }

  private static Tensor mean(Tensor x, long[] axes, boolean keep) {
    return torch.mean(x, axes, keep, new ScalarTypeOptional());
  }

  private static Tensor product(Tensor x, long[] axes, boolean keep) {
    int[] sorted = Axes.front(axes, x.dim());
    Arrays.sort(sorted);
    Tensor y = x;
    for (int i = sorted.length - 1; i >= 0; i--) {
      y = torch.prod(y, sorted[i], keep, new ScalarTypeOptional(x.scalar_type().intern()));
    }
    return y;
  }

  private static Tensor extreme(Call c, boolean largest) {
    long axis = c.integer("axis", 0);
    boolean keep = c.integer("keepdims", 1) == 1;
    boolean last = c.integer("select_last_index", 0) == 1;
    Tensor x = last ? torch.flip(c.x(), axis) : c.x();
    LongOptional along = new LongOptional(axis);
    Tensor found = largest ? torch.argmax(x, along, keep) : torch.argmin(x, along, keep);
    return last ? torch.rsub(found, new org.bytedeco.pytorch.Scalar(x.size(axis) - 1)) : found;
  }

  private static Tensor running(Call c) {
    long axis = (long) c.scalar(1);
    boolean reverse = c.integer("reverse", 0) == 1;
    Tensor x = reverse ? torch.flip(c.x(), axis) : c.x();
    Tensor sums = torch.cumsum(x, axis, new ScalarTypeOptional(x.scalar_type().intern()));
    sums = c.integer("exclusive", 0) == 1 ? sums.sub(x) : sums;
    return reverse ? torch.flip(sums, axis) : sums;
  }

  private static Tensor[] top(Call c) {
    long k = c.has(1) ? c.longs(1)[0] : c.integer("k", 1);
    T_TensorTensor_T found =
        torch.topk(c.x(), k, c.integer("axis", -1), c.integer("largest", 1) == 1, true);
    return new Tensor[] {new Tensor(found.get0()), new Tensor(found.get1())};
  }
}
