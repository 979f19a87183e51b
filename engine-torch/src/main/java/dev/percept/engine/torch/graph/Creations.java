package dev.percept.engine.torch.graph;

import dev.percept.onnx.Attributes;
import dev.percept.onnx.ElementType;
import dev.percept.onnx.TensorData;
import dev.percept.onnx.proto.TensorProto;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Operators that make values out of sizes, and that change their type. */
final class Creations {
  private Creations() {}

  static Map<String, Operator> operators() {
    Map<String, Operator> all = new TreeMap<>();
    all.put("Cast", Operator.of(Creations::cast));
    all.put("CastLike", Operator.of(c -> c.x().to(c.tensor(1).scalar_type().intern())));
    all.put("ConstantOfShape", Operator.of(Creations::constantOfShape));
    all.put("Range", Operator.of(Creations::range));
    all.put("OneHot", Operator.of(Creations::oneHot));
    all.put("EyeLike", Operator.of(Creations::identityMatrix));
    all.put("DequantizeLinear", Operator.of(Creations::dequantize));
    return all;
  }

  private static Tensor cast(Call c) {
    ElementType to = ElementType.of((int) c.integer("to", 1));
    return c.x().to(c.precision().of(to));
  }

  /** On the host: it is a size or a mask, and is moved where it meets data. */
  private static Tensor constantOfShape(Call c) {
    TensorProto value = Attributes.tensor(c.node(), "value");
    long[] dims = c.longs(0);
    if (value == null) {
      return torch.zeros(dims, new TensorOptions(c.precision().real()));
    }
    ElementType type = TensorData.type(value);
    TensorOptions options = new TensorOptions(c.precision().of(type));
    Scalar each =
        type.isFloating()
            ? new Scalar((double) TensorData.floats(value)[0])
            : new Scalar(TensorData.longs(value)[0]);
    return torch.full(dims, each, options);
  }

  private static Tensor range(Call c) {
    ScalarType type = c.x().scalar_type().intern();
    double start = c.scalar(0);
    double step = c.scalar(2);
    long count = (long) Math.max(0, Math.ceil((c.scalar(1) - start) / step));
    // By count, not by end: rounding must not add a value.
    Tensor index = torch.arange(new Scalar(count), new TensorOptions(ScalarType.Double));
    return index.mul(new Scalar(step)).add(new Scalar(start)).to(type);
  }

  private static Tensor oneHot(Call c) {
    long depth = (long) c.scalar(1);
    Tensor index = c.x().to(ScalarType.Long);
    index = torch.where(index.lt(new Scalar(0L)), index.add(new Scalar(depth)), index);
    long rank = index.dim();
    int axis = Axes.front(c.integer("axis", -1), rank + 1);
    Tensor places = c.precision().here(Memory.of(Axes.all((int) depth)));
    Tensor hot = torch.eq(index.unsqueeze(rank), places);
    Tensor values = c.tensor(2);
    return torch.where(hot, values.select(0, 1), values.select(0, 0)).movedim(rank, axis);
  }

  private static Tensor identityMatrix(Call c) {
    ScalarType type =
        c.hasAttribute("dtype")
            ? c.precision().of(ElementType.of((int) c.integer("dtype", 1)))
            : c.x().scalar_type().intern();
    long[] d = c.x().shape();
    Tensor rows = Memory.of(Axes.all((int) d[0])).unsqueeze(1);
    Tensor columns = Memory.of(Axes.all((int) d[1])).sub(new Scalar(c.integer("k", 0)));
    return c.precision().here(torch.eq(rows, columns).to(type));
  }

  /** {@code (x - zero point) scale}, by tensor or by channel. */
  private static Tensor dequantize(Call c) {
    Tensor x = c.x().to(c.precision().real());
    if (c.integer("block_size", 0) != 0) {
      throw new IllegalArgumentException(c.label() + ": scales of blocks are not known");
    }
    long[] along = Axes.repeat(1, (int) x.dim());
    if (c.tensor(1).numel() > 1) {
      along[Axes.front(c.integer("axis", 1), x.dim())] = -1;
    }
    if (c.has(2)) {
      x = x.sub(c.tensor(2).to(c.precision().real()).reshape(along));
    }
    return x.mul(c.tensor(1).reshape(along));
  }
}
