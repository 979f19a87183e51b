package dev.percept.engine.torch.graph;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** Operators that pick values by position, or put them there. */
final class Picks {
  private Picks() {}

  static Map<String, Operator> operators() {
    Map<String, Operator> all = new TreeMap<>();
    all.put("Gather", Operator.of(Picks::gather));
    all.put("GatherElements", Operator.of(Picks::gatherElements));
    all.put("GatherND", Operator.of(Picks::gatherNd));
    all.put("ScatterElements", Operator.of(Picks::scatterElements));
    all.put("ScatterND", Operator.of(Picks::scatterNd));
    all.put("Slice", Operator.of(Picks::slice));
    all.put("Split", Picks::split);
    all.put("Trilu", Operator.of(Picks::triangle));
    return all;
  }

  private static Tensor gather(Call c) {
    Tensor x = c.x();
    Tensor index = c.tensor(1);
    long[] dims = x.shape();
    int axis = Axes.front(c.integer("axis", 0), dims.length);
    if (index.dim() == 0 && c.isFixed(1)) {
      return x.select(axis, c.longs(1)[0]); // a view, where picking copies
    }
    Tensor flat = positive(index.reshape(-1), dims[axis]);
    Tensor picked = torch.index_select(x, axis, flat);
    return picked.reshape(
        Axes.concat(
            Arrays.copyOf(dims, axis),
            index.shape(),
            Arrays.copyOfRange(dims, axis + 1, dims.length)));
  }

  /** Positions counted from the end, counted from the front. */
  private static Tensor positive(Tensor index, long size) {
    Tensor i = index.to(ScalarType.Long);
    return torch.where(i.lt(new Scalar(0L)), i.add(new Scalar(size)), i);
  }

  private static Tensor gatherElements(Call c) {
    int axis = Axes.front(c.integer("axis", 0), c.x().dim());
    return torch.gather(c.x(), axis, positive(c.tensor(1), c.x().size(axis)));
  }

  private static Tensor scatterElements(Call c) {
    int axis = Axes.front(c.integer("axis", 0), c.x().dim());
    Tensor index = positive(c.tensor(1), c.x().size(axis));
    return switch (c.text("reduction", "none")) {
      case "none" -> torch.scatter(c.x(), axis, index, c.tensor(2));
      case "add" -> torch.scatter_add(c.x(), axis, index, c.tensor(2));
      default -> throw new IllegalArgumentException(c.label() + ": reduction none or add");
    };
  }

  private static Tensor gatherNd(Call c) {
    Tensor x = c.x();
    int batches = (int) c.integer("batch_dims", 0);
    long[] dims = x.shape();
    long[] index = c.tensor(1).shape();
    int depth = (int) index[index.length - 1];
    long batch = Axes.product(dims, 0, batches);
    long places = Axes.product(dims, batches, batches + depth);
    Tensor at = flat(c.tensor(1), dims, batches, depth).reshape(batch, -1);
    if (batches > 0) {
      at = at.add(batchOffsets(batch, places, c.precision()));
    }
    long[] rest = Arrays.copyOfRange(dims, batches + depth, dims.length);
    Tensor rows = x.reshape(Axes.concat(new long[] {batch * places}, rest));
    return torch
        .index_select(rows, 0, at.reshape(-1))
        .reshape(Axes.concat(Arrays.copyOf(index, index.length - 1), rest));
  }

  private static Tensor batchOffsets(long batch, long places, Precision precision) {
    long[] offsets = new long[(int) batch];
    Arrays.setAll(offsets, i -> i * places);
    return precision.here(Memory.of(offsets)).unsqueeze(1);
  }

  /** Positions along several axes as positions in those axes laid out one behind the other. */
  private static Tensor flat(Tensor index, long[] dims, int from, int depth) {
    long last = index.dim() - 1;
    @Nullable Tensor sum = null;
    for (int k = 0; k < depth; k++) {
      long step = Axes.product(dims, from + k + 1, from + depth);
      Tensor along = positive(index.select(last, k), dims[from + k]).mul(new Scalar(step));
      sum = sum == null ? along : sum.add(along);
    }
    if (sum == null) {
      throw new IllegalArgumentException("positions without axes");
    }
    return sum;
  }

  private static Tensor scatterNd(Call c) {
    Tensor x = c.x();
    long[] dims = x.shape();
    long[] index = c.tensor(1).shape();
    int depth = (int) index[index.length - 1];
    long[] rest = Arrays.copyOfRange(dims, depth, dims.length);
    Tensor at = flat(c.tensor(1), dims, 0, depth).reshape(-1);
    Tensor rows = x.reshape(Axes.concat(new long[] {Axes.product(dims, 0, depth)}, rest));
    Tensor updates = c.tensor(2).reshape(Axes.concat(new long[] {at.numel()}, rest));
    Tensor put =
        switch (c.text("reduction", "none")) {
          case "none" -> torch.index_copy(rows, 0, at, updates);
          case "add" -> torch.index_add(rows, 0, at, updates);
          default -> throw new IllegalArgumentException(c.label() + ": reduction none or add");
        };
    return put.reshape(dims);
  }

  private static Tensor slice(Call c) {
    boolean old = c.opset() < 10;
    long[] starts = required(c, old ? c.integers("starts") : c.longs(1));
    long[] ends = required(c, old ? c.integers("ends") : c.longs(2));
    long @Nullable [] given = old ? c.integers("axes") : c.has(3) ? c.longs(3) : null;
    long[] axes = given != null ? given : Axes.all(starts.length);
    long[] steps = !old && c.has(4) ? c.longs(4) : Axes.repeat(1, starts.length);
    Tensor y = new Tensor(c.x());
    for (int i = 0; i < starts.length; i++) {
      int axis = Axes.front(axes[i], y.dim());
      y = slice(c, y, axis, starts[i], ends[i], steps[i]);
    }
    return y;
  }

  private static Tensor slice(Call c, Tensor x, int axis, long start, long end, long step) {
    if (step > 0) {
      return x.slice(axis, new LongOptional(start), new LongOptional(end), step);
    }
    long size = x.size(axis);
    long from = Math.min(start < 0 ? start + size : start, size - 1);
    // An end below -size means: to the first value, included.
    long to = Math.max(end < 0 ? end + size : end, -1);
    int count = (int) Math.max(0, (from - to - step - 1) / -step);
    long[] picks = new long[count];
    Arrays.setAll(picks, i -> from + i * step);
    return torch.index_select(x, axis, c.precision().here(Memory.of(picks)));
  }

  private static long[] required(Call c, long @Nullable [] values) {
    if (values == null) {
      throw new IllegalArgumentException(c.label() + " does not say where to begin and end");
    }
    return values;
  }

  private static Tensor[] split(Call c) {
    Tensor x = c.x();
    int axis = Axes.front(c.integer("axis", 0), x.dim());
    long[] sizes = c.integers("split", 1);
    int parts = c.outputs();
    if (sizes == null) {
      long size = x.size(axis);
      long each = (size + parts - 1) / parts;
      sizes = Axes.repeat(each, parts);
      sizes[parts - 1] = size - each * (parts - 1);
    }
    TensorVector made = torch.split_with_sizes(x, sizes, axis);
    Tensor[] out = new Tensor[parts];
    // Copies of the handles: those in the vector go with it.
    Arrays.setAll(out, i -> new Tensor(made.get(i)));
    return out;
  }

  private static Tensor triangle(Call c) {
    long k = c.has(1) ? c.longs(1)[0] : 0;
    return c.integer("upper", 1) == 1 ? torch.triu(c.x(), k) : torch.tril(c.x(), k);
  }
}
