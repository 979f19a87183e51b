package dev.percept.engine.torch.graph;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Operators that arrange values in another way: reshape, transpose, concatenate, pad. */
final class Layouts {
  private Layouts() {}

  static Map<String, Operator> operators() {
    Map<String, Operator> all = new TreeMap<>();
    all.put("Shape", Operator.of(Layouts::shape));
    all.put("Size", Operator.of(c -> Memory.of(c.x().numel()).reshape(new long[0])));
    all.put("Reshape", Operator.of(Layouts::reshape));
    all.put("Flatten", Operator.of(Layouts::flatten));
    all.put("Squeeze", Operator.of(Layouts::squeeze));
    all.put("Unsqueeze", Operator.of(Layouts::unsqueeze));
    all.put("Transpose", Operator.of(Layouts::transpose));
    all.put("Expand", Operator.of(Layouts::expand));
    all.put("Tile", Operator.of(c -> c.x().repeat(c.longs(1))));
    all.put("Concat", Operator.of(Layouts::concat));
    all.put("Pad", Operator.of(Layouts::pad));
    all.put("DepthToSpace", Operator.of(Layouts::depthToSpace));
    all.put("SpaceToDepth", Operator.of(Layouts::spaceToDepth));
    return all;
  }

  private static Tensor shape(Call c) {
    long[] dims = c.x().shape();
    int rank = dims.length;
    int from = Math.min(Math.max(Axes.front(c.integer("start", 0), rank), 0), rank);
    int to = Math.min(Math.max(Axes.front(c.integer("end", rank), rank), from), rank);
    return Memory.of(Arrays.copyOfRange(dims, from, to));
  }

  private static Tensor reshape(Call c) {
    long[] wanted = c.longs(1);
    long[] dims = c.x().shape();
    for (int i = 0; i < wanted.length && c.integer("allowzero", 0) == 0; i++) {
      wanted[i] = wanted[i] == 0 ? dims[i] : wanted[i];
    }
    return c.x().reshape(wanted);
  }

  private static Tensor flatten(Call c) {
    long[] dims = c.x().shape();
    int axis = Axes.front(c.integer("axis", 1), dims.length);
    return c.x().reshape(Axes.product(dims, 0, axis), Axes.product(dims, axis, dims.length));
  }

  private static Tensor squeeze(Call c) {
    long[] axes = c.integers("axes", 1);
    return axes == null ? torch.squeeze(c.x()) : torch.squeeze(c.x(), axes);
  }

  private static Tensor unsqueeze(Call c) {
    long[] given = c.integers("axes", 1);
    long[] axes = given == null ? new long[0] : given;
    int[] sorted = Axes.front(axes, c.x().dim() + axes.length);
    Arrays.sort(sorted);
    Tensor y = new Tensor(c.x());
    for (int axis : sorted) {
      y = y.unsqueeze(axis);
    }
    return y;
  }

  private static Tensor transpose(Call c) {
    long[] order = c.integers("perm");
    if (order != null) {
      return c.x().permute(order);
    }
    long[] reversed = Axes.all((int) c.x().dim());
    Arrays.setAll(reversed, i -> reversed.length - 1 - i);
    return c.x().permute(reversed);
  }

  /** Both shapes are broadcast, so an axis of the target may be 1 where the value's is not. */
  private static Tensor expand(Call c) {
    long[] dims = c.x().shape();
    long[] wanted = c.longs(1);
    int rank = Math.max(dims.length, wanted.length);
    long[] out = new long[rank];
    for (int i = 0; i < rank; i++) {
      int have = i - rank + dims.length;
      int want = i - rank + wanted.length;
      long a = have < 0 ? 1 : dims[have];
      long b = want < 0 ? 1 : wanted[want];
      out[i] = a == 1 ? b : a;
    }
    return c.x().expand(out);
  }

  private static Tensor concat(Call c) {
    TensorVector parts = new TensorVector();
    for (int i = 0; i < c.size(); i++) {
      parts.push_back(c.tensor(i));
    }
    return torch.cat(parts, c.integer("axis", 0));
  }

  private static Tensor pad(Call c) {
    Tensor x = c.x();
    int rank = (int) x.dim();
    long[] given = c.opset() < 11 ? c.integers("pads") : c.longs(1);
    if (given == null) {
      throw new IllegalArgumentException(c.label() + " has no pads");
    }
    long[] axes = c.has(3) ? c.longs(3) : Axes.all(rank);
    long[] begin = new long[rank];
    long[] end = new long[rank];
    for (int i = 0; i < axes.length; i++) {
      begin[Axes.front(axes[i], rank)] = given[i];
      end[Axes.front(axes[i], rank)] = given[i + axes.length];
    }
    String mode = c.text("mode", "constant");
    if (mode.equals("constant")) {
      double value = c.opset() < 11 ? c.number("value", 0) : c.has(2) ? c.scalar(2) : 0;
      long[] all = new Windows(begin, begin, begin, begin, end).padding();
      return torch.constant_pad_nd(x, all, new Scalar(value));
    }
    Tensor y = new Tensor(x);
    for (int axis = 0; axis < rank; axis++) {
      if (begin[axis] != 0 || end[axis] != 0) {
        long[] sources = sources(x.size(axis), begin[axis], end[axis], mode);
        y = torch.index_select(y, axis, c.precision().here(Memory.of(sources)));
      }
    }
    return y;
  }

  /** Which place of an axis every place of the padded axis repeats. */
  private static long[] sources(long size, long begin, long end, String mode) {
    long[] sources = new long[(int) (begin + size + end)];
    for (int i = 0; i < sources.length; i++) {
      long at = i - begin;
      sources[i] =
          switch (mode) {
            case "edge" -> Math.min(Math.max(at, 0), size - 1);
            case "wrap" -> Math.floorMod(at, size);
            case "reflect" -> reflect(at, size);
            default -> throw new IllegalArgumentException("Pad: no mode " + mode);
          };
    }
    return sources;
  }

  private static long reflect(long at, long size) {
    if (size == 1) {
      return 0;
    }
    long in = Math.floorMod(at, 2 * (size - 1));
    return in < size ? in : 2 * (size - 1) - in;
  }

  private static Tensor depthToSpace(Call c) {
    long[] d = c.x().shape();
    long b = c.integer("blocksize", 1);
    boolean columnsFirst = c.text("mode", "DCR").equals("CRD");
    long depth = d[1] / (b * b);
    Tensor y =
        columnsFirst
            ? c.x().reshape(d[0], depth, b, b, d[2], d[3]).permute(0, 1, 4, 2, 5, 3)
            : c.x().reshape(d[0], b, b, depth, d[2], d[3]).permute(0, 3, 4, 1, 5, 2);
    return y.reshape(d[0], depth, d[2] * b, d[3] * b);
  }

  private static Tensor spaceToDepth(Call c) {
    long[] d = c.x().shape();
    long b = c.integer("blocksize", 1);
    return c.x()
        .reshape(d[0], d[1], d[2] / b, b, d[3] / b, b)
        .permute(0, 3, 5, 1, 2, 4)
        .reshape(d[0], d[1] * b * b, d[2] / b, d[3] / b);
  }
}
