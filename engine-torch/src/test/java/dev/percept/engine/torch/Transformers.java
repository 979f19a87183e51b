package dev.percept.engine.torch;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.ElementType;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.TensorData;
import dev.percept.onnx.Value;
import java.nio.file.Path;
import java.util.Map;

/** Small transformers laid out as exporters lay out the large ones; weights are random. */
public final class Transformers {
  private static final int OPEN = OnnxBuilder.DYNAMIC;
  private static final int HEADS = 2;

  private final Weights m;
  private final OnnxBuilder b;
  private final int width;

  private Transformers(int opset, int width) {
    this.m = new Weights(opset);
    this.b = m.builder;
    this.width = width;
  }

  /**
   * A vision transformer as timm's: class token, qkv as one product, q scaled before the product,
   * Gelu by erf, pre-norm; the answer is read at the class token.
   */
  public static Path vit(Path file, int width, int blocks, int side, int patch) {
    Transformers t = new Transformers(17, width);
    Value x = t.tokens(t.m.input(OPEN, 3, side, side), side / patch, patch, 1);
    for (int i = 0; i < blocks; i++) {
      x = t.block(x, "b" + i, false);
    }
    return t.m.write(t.first(t.norm(x, "norm")), file);
  }

  /**
   * As DINOv2's: class token and four registers, positions interpolated from a coarser grid by a
   * size that is asked of the picture, layer scale, and attention as PyTorch exports
   * scaled_dot_product_attention: both q and k scaled by a root that is asked of q's shape.
   */
  static Path dino(Path file) {
    Transformers t = new Transformers(17, 16);
    Value x = t.tokens(t.m.input(OPEN, 3, 24, 24), 3, 8, 5);
    for (int i = 0; i < 2; i++) {
      x = t.block(x, "b" + i, true);
    }
    return t.m.write(t.first(t.norm(x, "norm")), file);
  }

  /**
   * As RoBERTa's: ids of words, positions counted over those that are no padding, a mask added to
   * the scores, norms written out in ten operators behind each sum, Gelu by erf.
   */
  static Path roberta(Path file) {
    Transformers t = new Transformers(13, 16);
    OnnxBuilder b = t.b;
    Value ids = b.input("input_ids", ElementType.INT64, OPEN, 9);
    Value pad = b.constant(TensorData.scalar("pad", 1));
    Value real =
        ids.op("Equal", "is.pad", Map.of(), pad)
            .op("Not", "is.word", Map.of())
            .op("Cast", "words", Map.of("to", 6L));
    Value places =
        real.op("CumSum", "count", Map.of(), b.constant(TensorData.scalar("axis", 1)))
            .mul("masked", real)
            .op("Cast", "long", Map.of("to", 7L))
            .add("positions", pad);
    Value x =
        t.m
            .constant("words.weight", t.m.normal(1, 30, 16))
            .op("Gather", "embedded", Map.of(), ids)
            .add(
                "sum",
                t.m
                    .constant("positions.weight", t.m.normal(1, 12, 16))
                    .op("Gather", "placed", Map.of(), places));
    x = t.longNorm(x, "embedding.norm");
    Value mask =
        real.op("Cast", "real", Map.of("to", 1L))
            .op("Unsqueeze", "mask4", Map.of(), b.constant("axes", 1, 2));
    mask =
        b.op("Sub", "inverse", Map.of(), t.m.scalar("one", 1), mask)
            .mul("mask", t.m.scalar("lowest", -10000));
    for (int i = 0; i < 2; i++) {
      x = t.postNormBlock(x, "b" + i, mask);
    }
    return t.m.write(t.first(x.identity("encoded")), file);
  }

  private Value tokens(Value picture, int grid, int patch, int extra) {
    Value patches =
        picture.op(
            "Conv",
            "patches",
            Map.of("strides", new long[] {patch, patch}),
            m.constant("patches.weight", m.normal(0.1, width, 3, patch, patch)),
            m.constant("patches.bias", m.normal(0.1, width)));
    // Sizes as exporters ask for them: of what the convolution made.
    Value size = patches.op("Shape", "size", Map.of());
    Value n = size.op("Gather", "n", Map.of("axis", 0), b.constant("zero", 0));
    Value x =
        patches
            .op(
                "Reshape",
                "flat",
                Map.of(),
                n.op("Concat", "to", Map.of("axis", 0), b.constant("rest", width, -1)))
            .transpose("sequence", 0, 2, 1);
    Value more =
        m.constant("tokens", m.normal(1, 1, extra, width))
            .op(
                "Expand",
                "tokens.all",
                Map.of(),
                n.op("Concat", "many", Map.of("axis", 0), b.constant("each", extra, width)));
    x = more.concat("joined", 1, x);
    return x.add("embedded", extra == 1 ? positions(grid) : resized(size, extra));
  }

  private Value positions(int grid) {
    return m.constant("positions", m.normal(0.5, 1, grid * grid + 1, width));
  }

  private Value resized(Value size, int extra) {
    Value places = size.op("Slice", "hw", Map.of(), b.constant("two", 2), b.constant("end", 4));
    Value sizes = b.constant("front", 1, width).op("Concat", "sizes", Map.of("axis", 0), places);
    Value none = m.constant("none", m.normal(1, 0));
    Value coarse = m.constant("coarse", m.normal(0.5, 1, width, 5, 5));
    Value fine =
        b.op(
            "Resize",
            "fine",
            Map.of("mode", "cubic", "coordinate_transformation_mode", "pytorch_half_pixel"),
            coarse,
            none,
            none,
            sizes);
    fine = fine.reshape("fine.flat", 1, width, -1).transpose("fine.sequence", 0, 2, 1);
    return m.constant("others", m.normal(0.5, 1, extra, width)).concat("all", 1, fine);
  }

  private Value block(Value x, String name, boolean dino) {
    Value y = dense(norm(x, name + ".norm1"), name + ".qkv", width, 3 * width);
    y = y.reshape(name + ".heads", 0, -1, 3, HEADS, width / HEADS);
    y = y.transpose(name + ".split", 2, 0, 3, 1, 4);
    Value q = y.op("Gather", name + ".q", Map.of("axis", 0), index(name + ".0", 0));
    Value k = y.op("Gather", name + ".k", Map.of("axis", 0), index(name + ".1", 1));
    Value v = y.op("Gather", name + ".v", Map.of("axis", 0), index(name + ".2", 2));
    Value kt = k.transpose(name + ".kt", 0, 1, 3, 2);
    if (dino) {
      Value root = root(q, name);
      q = q.mul(name + ".q.scaled", root);
      kt = kt.mul(name + ".k.scaled", root);
    } else {
      q = q.mul(name + ".q.scaled", m.scalar(name + ".scale", Math.sqrt((double) HEADS / width)));
    }
    y = q.matMul(name + ".scores", kt).softmax(name + ".attention", -1).matMul(name + ".mix", v);
    x = x.add(name + ".sum1", scaled(merged(y, name), name + ".ls1", dino));
    y = dense(norm(x, name + ".norm2"), name + ".up", width, 2 * width);
    y = dense(gelu(y, name + ".gelu"), name + ".down", 2 * width, width);
    return x.add(name + ".sum2", scaled(y, name + ".ls2", dino));
  }

  private Value postNormBlock(Value x, String name, Value mask) {
    Value q = heads(dense(x, name + ".q", width, width), name + ".qh", 0, 2, 1, 3);
    Value k = heads(dense(x, name + ".k", width, width), name + ".kh", 0, 2, 3, 1);
    Value v = heads(dense(x, name + ".v", width, width), name + ".vh", 0, 2, 1, 3);
    Value y =
        q.matMul(name + ".scores", k)
            .op("Div", name + ".scaled", Map.of(), m.scalar(name + ".d", Math.sqrt(width / 2.0)))
            .add(name + ".hidden", mask)
            .softmax(name + ".attention", -1)
            .matMul(name + ".mix", v);
    x = longNorm(x.add(name + ".sum1", merged(y, name)), name + ".norm1");
    y = gelu(dense(x, name + ".up", width, 2 * width), name + ".gelu");
    return longNorm(
        x.add(name + ".sum2", dense(y, name + ".down", 2 * width, width)), name + ".norm2");
  }

  private Value heads(Value x, String name, int... order) {
    return x.reshape(name + ".heads", 0, -1, HEADS, width / HEADS).transpose(name, order);
  }

  private Value merged(Value y, String name) {
    y = y.transpose(name + ".back", 0, 2, 1, 3).reshape(name + ".merged", 0, -1, width);
    return dense(y, name + ".out", width, width);
  }

  /** The fourth root of 1 / d, worked out from a shape. */
  private Value root(Value q, String name) {
    Value d =
        q.op("Shape", name + ".shape", Map.of())
            .op(
                "Slice",
                name + ".d",
                Map.of(),
                b.constant(name + ".from", -1),
                b.constant(name + ".to", Long.MAX_VALUE))
            .op("Cast", name + ".float", Map.of("to", 1L))
            .op("Sqrt", name + ".root", Map.of());
    return m.constant(name + ".one", Tensor.of(Shape.of(1), 1))
        .op("Div", name + ".inverse", Map.of(), d)
        .op("Sqrt", name + ".fourth", Map.of());
  }

  private Value scaled(Value x, String name, boolean scaled) {
    return scaled ? x.mul(name, m.constant(name + ".gamma", m.normal(0.5, width))) : x;
  }

  private Value dense(Value x, String name, int in, int out) {
    return m.constant(name + ".bias", m.normal(0.1, out))
        .add(name, x.matMul(name + ".product", m.constant(name + ".weight", m.matrix(in, out))));
  }

  private Value norm(Value x, String name) {
    return x.op(
        "LayerNormalization",
        name,
        Map.of("axis", -1L, "epsilon", 1e-6f),
        m.constant(name + ".gain", m.normal(1, width)),
        m.constant(name + ".shift", m.normal(0.1, width)));
  }

  private Value longNorm(Value x, String name) {
    Value centred =
        x.op("Sub", name + ".centred", Map.of(), x.reduceMean(name + ".mean", true, -1));
    Value variance =
        centred
            .op("Pow", name + ".square", Map.of(), m.scalar(name + ".two", 2))
            .reduceMean(name + ".variance", true, -1)
            .add(name + ".more", m.scalar(name + ".epsilon", 1e-5));
    return centred
        .op("Div", name + ".unit", Map.of(), variance.op("Sqrt", name + ".deviation", Map.of()))
        .mul(name + ".scaled", m.constant(name + ".gain", m.normal(1, width)))
        .add(name, m.constant(name + ".shift", m.normal(0.1, width)));
  }

  private Value gelu(Value x, String name) {
    Value bell =
        x.op("Div", name + ".in", Map.of(), m.scalar(name + ".root2", Math.sqrt(2)))
            .op("Erf", name + ".erf", Map.of())
            .add(name + ".plus", m.scalar(name + ".one", 1));
    return x.mul(name + ".whole", bell).mul(name, m.scalar(name + ".half", 0.5));
  }

  private Value first(Value x) {
    return x.op("Gather", "first", Map.of("axis", 1L), index("first.index", 0))
        .gemm("logits", m.weights(Weights.CLASSES, width), m.weights(Weights.CLASSES));
  }

  private Value index(String name, long value) {
    return b.constant(TensorData.scalar(name, value));
  }
}
