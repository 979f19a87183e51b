package dev.percept.onnx;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A small transformer with shifted windows (Liu et al. 2021), in the two ways in which such models
 * are exported; random weights. Pictures are 3 x 16 x 32, patches 2 x 2, windows 4 x 4. Stage 0 has
 * 8 x 16 places and ends in {@code s0}; pairs of rows and columns are joined in {@code merged};
 * stage 1 has 4 x 8 places and ends in {@code s1}; {@code norm} follows and the mean over places.
 */
public final class SwinModels {
  private static final int D = 8;
  private static final int HEADS = 2;
  private static final int PATCH = 2;
  private static final int WINDOW = 4;

  private final RandomGenerator random = Run.of(23).random("weights");
  private final OnnxBuilder b = new OnnxBuilder(17);
  private final boolean sequence;
  private int rows = 8;
  private int columns = 16;
  private int width = D;

  private SwinModels(boolean sequence) {
    this.sequence = sequence;
  }

  /** N x rows x columns x features from the first stage to the last (timm, torchvision). */
  public static Path maps(Path file) {
    return new SwinModels(false).write(file);
  }

  /** N x places x features between blocks, maps only where windows are cut (Transformers). */
  public static Path sequences(Path file) {
    return new SwinModels(true).write(file);
  }

  private Path write(Path file) {
    Value x = b.input("x", OnnxBuilder.DYNAMIC, 3, rows * PATCH, columns * PATCH);
    x = x.conv("embed", normal(.3, D, 3, PATCH, PATCH), normal(.1, D), PATCH, 0);
    x =
        sequence
            ? x.reshape("embed.flat", 0, D, -1).transpose("embed.turned", 0, 2, 1)
            : x.transpose("embed.turned", 0, 2, 3, 1);
    x = norm(x, "embed.norm");
    x = block(block(x, "s0.b0", false), "s0.b1", true).identity("s0");
    x = merge(x);
    x = block(block(x, "s1.b0", false), "s1.b1", true).identity("s1");
    x = norm(x, "norm");
    Value mean = sequence ? x.reduceMean("mean", false, 1) : x.reduceMean("mean", false, 1, 2);
    mean.gemm("logits", normal(1, 5, width), normal(1, 5)).output(5);
    b.writeTo(file);
    return file;
  }

  private Value block(Value x, String name, boolean shifted) {
    Value y = map(norm(x, name + ".norm1"), name + ".map");
    y = shifted ? roll(y, name + ".roll", WINDOW / 2) : y;
    int down = rows / WINDOW;
    int across = columns / WINDOW;
    y =
        y.reshape(name + ".cells", -1, down, WINDOW, across, WINDOW, width)
            .transpose(name + ".windows", 0, 1, 3, 2, 4, 5)
            .reshape(name + ".folded", -1, WINDOW * WINDOW, width);
    y = attention(y, name, shifted);
    y =
        y.reshape(name + ".unfolded", -1, down, across, WINDOW, WINDOW, width)
            .transpose(name + ".together", 0, 1, 3, 2, 4, 5)
            .reshape(name + ".back", -1, rows, columns, width);
    y = shifted ? roll(y, name + ".unroll", -WINDOW / 2) : y;
    x = x.add(name + ".mid", flat(y, name + ".flat"));
    y = dense(norm(x, name + ".norm2"), name + ".up", width, 2 * width).relu(name + ".act");
    return x.add(name, dense(y, name + ".down", 2 * width, width));
  }

  private Value attention(Value x, String name, boolean shifted) {
    int places = WINDOW * WINDOW;
    int windows = (rows / WINDOW) * (columns / WINDOW);
    Value qkv =
        dense(x, name + ".qkv", width, 3 * width)
            .reshape(name + ".heads", -1, places, 3, HEADS, width / HEADS)
            .transpose(name + ".split", 2, 0, 3, 1, 4);
    Value k = part(qkv, name + ".k", 1).transpose(name + ".kt", 0, 1, 3, 2);
    Value y = part(qkv, name + ".q", 0).matMul(name + ".scores", k);
    y = y.add(name + ".biased", b.constant(name + ".bias", normal(.5, HEADS, places, places)));
    if (shifted) {
      // A mask for each window, the same for all heads; here any numbers do.
      y = y.reshape(name + ".apart", -1, windows, HEADS, places, places);
      y =
          y.add(
              name + ".masked", b.constant(name + ".mask", normal(2, windows, 1, places, places)));
      y = y.reshape(name + ".joined", -1, HEADS, places, places);
    }
    y = y.softmax(name + ".attention", -1).matMul(name + ".mix", part(qkv, name + ".v", 2));
    y = y.transpose(name + ".turned", 0, 2, 1, 3).reshape(name + ".seen", -1, places, width);
    return dense(y, name + ".out", width, width);
  }

  /** The four places of each 2 x 2 cell behind each other, then half as many features. */
  private Value merge(Value x) {
    Value map = map(x, "merge.map");
    Value[] corners = new Value[4];
    for (int i = 0; i < corners.length; i++) {
      Value half = slice(map, "merge.rows" + i, i % 2, Long.MAX_VALUE, 1, 2);
      corners[i] = slice(half, "merge.corner" + i, i / 2, Long.MAX_VALUE, 2, 2);
    }
    Value y =
        corners[0].op(
            "Concat", "merge.joined", Map.of("axis", -1), corners[1], corners[2], corners[3]);
    rows /= 2;
    columns /= 2;
    width *= 4;
    y = norm(flat(y, "merge.flat"), "merge.norm");
    Value weight = b.constant("merge.weight", normal(.3, width, width / 2));
    width /= 2;
    return y.matMul("merged", weight);
  }

  private Value roll(Value map, String name, long by) {
    Value x = map;
    for (int axis = 1; axis <= 2; axis++) {
      String along = name + axis;
      Value tail = slice(x, along + ".tail", by, Long.MAX_VALUE, axis, 1);
      x = tail.concat(along, axis, slice(x, along + ".head", 0, by, axis, 1));
    }
    return x;
  }

  private Value map(Value x, String name) {
    return sequence ? x.reshape(name, -1, rows, columns, width) : x;
  }

  private Value flat(Value x, String name) {
    return sequence ? x.reshape(name, -1, (long) rows * columns, width) : x;
  }

  private Value slice(Value x, String name, long from, long to, long axis, long step) {
    return x.op(
        "Slice",
        name,
        Map.of(),
        b.constant(name + ".from", from),
        b.constant(name + ".to", to),
        b.constant(name + ".axis", axis),
        b.constant(name + ".step", step));
  }

  private Value part(Value qkv, String name, long index) {
    Value at = b.constant(TensorData.scalar(name + ".index", index));
    return qkv.op("Gather", name, Map.of("axis", 0), at);
  }

  private Value dense(Value x, String name, int in, int out) {
    Value weight = b.constant(name + ".weight", normal(1 / Math.sqrt(in), in, out));
    return b.constant(name + ".shift", normal(.1, out))
        .add(name, x.matMul(name + ".product", weight));
  }

  private Value norm(Value x, String name) {
    return x.op(
        "LayerNormalization",
        name,
        Map.of("axis", -1L),
        b.constant(name + ".gain", normal(1, width)),
        b.constant(name + ".shift", normal(.1, width)));
  }

  private Tensor normal(double scale, int... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return Tensor.wrap(shape, values);
  }
}
