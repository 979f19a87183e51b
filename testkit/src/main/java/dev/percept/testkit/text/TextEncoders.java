package dev.percept.testkit.text;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.ElementType;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.TensorData;
import dev.percept.onnx.Value;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Writes encoders of texts with random weights. */
public final class TextEncoders {
  private static final long INT64 = 7;
  private static final long FLOAT = 1;
  private static final long BOOL = 9;
  private static final double LOWEST = -3.4028234663852886e38;

  /** The identity that RoBERTa's graphs take for padding. */
  private static final long PADDING = 1;

  private final EncoderSpec spec;
  private final OnnxBuilder b;
  private final RandomGenerator random;
  private final Map<String, Value> inputs = new HashMap<>();
  private final Value ids;
  private final @Nullable Value mask;

  private TextEncoders(EncoderSpec spec) {
    this.spec = spec;
    this.b = new OnnxBuilder(spec.opset());
    this.random = Run.of(11).random("encoder." + spec.head());
    for (String name : spec.inputs()) {
      ElementType type = name.equals("mask") ? ElementType.FLOAT : spec.type();
      inputs.put(role(name), b.input(name, type, spec.batch(), spec.tokens()));
    }
    this.ids = input("ids");
    this.mask = inputs.get("mask");
  }

  /** Writes the encoder that {@code spec} describes; the same spec gives the same bytes. */
  public static Path write(EncoderSpec spec, Path file) {
    TextEncoders t = new TextEncoders(spec);
    Value x = t.embedded();
    Value bias = t.bias();
    for (int i = 0; i < spec.layers(); i++) {
      x = t.block(x, "layer." + i, bias);
    }
    t.head(x.identity("last_hidden_state")).output(spec.classes());
    t.b.writeTo(file);
    return file;
  }

  private static String role(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.contains("mask")) {
      return "mask";
    }
    if (lower.contains("type") || lower.contains("segment")) {
      return "types";
    }
    return lower.contains("position") ? "positions" : "ids";
  }

  private Value input(String role) {
    Value input = inputs.get(role);
    if (input == null) {
      throw new IllegalArgumentException("inputs: one of " + role + " is needed");
    }
    return input;
  }

  private Value embedded() {
    Value x = table("words", spec.words()).op("Gather", "embeddings.words", Map.of(), ids);
    int more = spec.head() == EncoderSpec.Head.ROBERTA ? 2 : 0;
    Value places = table("positions", spec.positions() + more);
    x = x.add("embeddings.placed", places.op("Gather", "embeddings.places", Map.of(), positions()));
    if (inputs.containsKey("types")) {
      Value types = table("types", 2).op("Gather", "embeddings.types", Map.of(), input("types"));
      x = x.add("embeddings.typed", types);
    }
    return norm(x, "embeddings.norm");
  }

  private Value positions() {
    if (inputs.containsKey("positions")) {
      return input("positions");
    }
    if (spec.head() == EncoderSpec.Head.ROBERTA) {
      Value pad = b.constant(TensorData.scalar("pad", PADDING));
      Value word =
          ids.op("Cast", "ids.long", Map.of("to", INT64))
              .op("Equal", "is.pad", Map.of(), pad)
              .op("Not", "is.word", Map.of())
              .op("Cast", "is.word.int", Map.of("to", 6L));
      return word.op("CumSum", "count", Map.of(), b.constant(TensorData.scalar("count.axis", 1)))
          .mul("count.words", word)
          .op("Cast", "count.long", Map.of("to", INT64))
          .add("positions", pad);
    }
    long[] all = new long[spec.positions()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    Value row =
        b.constant("position_ids.row", all).op("Unsqueeze", "position_ids", Map.of(), axes("p", 0));
    Value size = ids.op("Shape", "ids.shape", Map.of());
    Value length = size.op("Gather", "ids.length", Map.of("axis", 0), index("ids.length.at", 1));
    Value end = length.op("Unsqueeze", "ids.end", Map.of(), axes("ids.end", 0));
    return row.op(
        "Slice", "positions", Map.of(), b.constant("from", 0), end, b.constant("slice.axes", 1));
  }

  /** What is added to the scores of attention; null where nothing is. */
  private @Nullable Value bias() {
    Value mask = this.mask;
    if (mask == null || spec.mask() == EncoderSpec.Mask.NONE) {
      return null;
    }
    if (spec.mask() == EncoderSpec.Mask.WHERE) {
      return mask.op("Cast", "mask.bool", Map.of("to", BOOL))
          .op("Unsqueeze", "mask.condition", Map.of(), axes("mask.condition", 1, 2))
          .op(
              "Where",
              "mask.bias",
              Map.of(),
              scalar("mask.none", 0),
              scalar("mask.low", Double.NEGATIVE_INFINITY));
    }
    boolean lowest = spec.mask() == EncoderSpec.Mask.LOWEST;
    Value wide =
        mask.op("Unsqueeze", "mask.one", Map.of(), axes("mask.one", 1))
            .op("Unsqueeze", "mask.two", Map.of(), axes("mask.two", 2))
            .op("Cast", "mask.float", Map.of("to", FLOAT));
    return b.op("Sub", "mask.inverse", Map.of(), scalar("mask.unit", 1), wide)
        .mul("mask.bias", scalar("mask.low", lowest ? LOWEST : -10000));
  }

  private Value block(Value x, String name, @Nullable Value bias) {
    int d = spec.width();
    Value q = split(dense(x, name + ".q", d, d), name + ".q.heads", 0, 2, 1, 3);
    Value k = split(dense(x, name + ".k", d, d), name + ".k.heads", 0, 2, 3, 1);
    Value v = split(dense(x, name + ".v", d, d), name + ".v.heads", 0, 2, 1, 3);
    Value scores =
        q.matMul(name + ".scores", k)
            .op(
                "Div",
                name + ".scaled",
                Map.of(),
                scalar(name + ".root", Math.sqrt((double) d / spec.heads())));
    if (bias != null) {
      scores = scores.add(name + ".masked", bias);
    }
    Value mixed = scores.softmax(name + ".attention", -1).matMul(name + ".mix", v);
    mixed = mixed.transpose(name + ".back", 0, 2, 1, 3).reshape(name + ".merged", 0, -1, d);
    x = norm(x.add(name + ".sum1", dense(mixed, name + ".out", d, d)), name + ".norm1");
    Value y = gelu(dense(x, name + ".up", d, 4 * d), name + ".gelu");
    return norm(x.add(name + ".sum2", dense(y, name + ".down", 4 * d, d)), name + ".norm2");
  }

  /** Sizes as exporters ask for them, of the tensor itself. */
  private Value split(Value x, String name, int... order) {
    Value size = x.op("Shape", name + ".shape", Map.of());
    Value front =
        size.op(
            "Slice",
            name + ".front",
            Map.of(),
            b.constant(name + ".0", 0),
            b.constant(name + ".2", 2));
    Value to =
        front.op(
            "Concat",
            name + ".to",
            Map.of("axis", 0),
            b.constant(name + ".rest", spec.heads(), spec.width() / spec.heads()));
    return x.op("Reshape", name + ".split", Map.of(), to).transpose(name, order);
  }

  private Value head(Value x) {
    int d = spec.width();
    return switch (spec.head()) {
      case BERT ->
          x.op("Gather", "first", Map.of("axis", 1L), index("first.at", 0))
              .gemm("pooler.dense", weights(d, d), weights(d))
              .op("Tanh", "pooler", Map.of())
              .gemm("logits", weights(spec.classes(), d), weights(spec.classes()));
      case ROBERTA ->
          x.op(
                  "Slice",
                  "first.slice",
                  Map.of(),
                  b.constant("first.0", 0),
                  b.constant("first.1", 1),
                  axes("first", 1))
              .op("Squeeze", "first", Map.of(), axes("first.squeeze", 1))
              .op("Dropout", "classifier.dropout", Map.of())
              .gemm("classifier.dense", weights(d, d), weights(d))
              .op("Tanh", "classifier.tanh", Map.of())
              .gemm("logits", weights(spec.classes(), d), weights(spec.classes()));
      case DISTILBERT ->
          x.op("Gather", "first", Map.of("axis", 1L), index("first.at", 0))
              .gemm("pre_classifier", weights(d, d), weights(d))
              .relu("relu")
              .identity("dropout")
              .gemm("logits", weights(spec.classes(), d), weights(spec.classes()));
      case MEAN -> answer(mean(x));
      case CARELESS_MEAN -> answer(x.reduceMean("sentence", false, 1));
      case MAX -> answer(maximum(x));
      case LAST -> answer(last(x));
    };
  }

  private Value answer(Value sentence) {
    int d = spec.width();
    return dense(sentence, "logits", d, spec.classes());
  }

  private Value floatMask(String name) {
    Value open = input("mask").op("Unsqueeze", name + ".open", Map.of(), axes(name, -1));
    return open.op("Cast", name, Map.of("to", FLOAT));
  }

  private Value mean(Value x) {
    Value wide =
        floatMask("pool.mask")
            .op("Expand", "pool.wide", Map.of(), x.op("Shape", "pool.shape", Map.of()));
    Value sum = sum(x.mul("pool.rows", wide), "pool.sum");
    Value count = sum(wide, "pool.count.all");
    count =
        count.op(
            "Clip", "pool.count", Map.of(), b.constant(TensorData.scalar("pool.least", 1e-9f)));
    return sum.op("Div", "sentence", Map.of(), count);
  }

  private Value sum(Value x, String name) {
    return x.op("ReduceSum", name, Map.of("keepdims", 0), axes(name, 1));
  }

  private Value maximum(Value x) {
    Value real = floatMask("pool.mask").op("Cast", "pool.real", Map.of("to", BOOL));
    Value rows = real.op("Where", "pool.rows", Map.of(), x, scalar("pool.low", -1e9));
    return spec.opset() < 18
        ? rows.op("ReduceMax", "sentence", Map.of("keepdims", 0, "axes", new long[] {1}))
        : rows.op("ReduceMax", "sentence", Map.of("keepdims", 0), axes("pool.max", 1));
  }

  private Value last(Value x) {
    Value count =
        sum(input("mask").op("Cast", "last.long", Map.of("to", INT64)), "last.count")
            .op("Sub", "last.place", Map.of(), index("last.one", 1))
            .op("Unsqueeze", "last.index", Map.of(), axes("last.index", -1));
    return x.op("GatherND", "sentence", Map.of("batch_dims", 1L), count);
  }

  private Value dense(Value x, String name, int in, int out) {
    Value product =
        x.matMul(
            name + ".product", b.constant(name + ".weight", normal(1 / Math.sqrt(in), in, out)));
    return b.constant(name + ".bias", weights(out)).add(name, product);
  }

  private Value norm(Value x, String name) {
    int d = spec.width();
    Value gain = b.constant(name + ".gain", normal(1, d));
    Value shift = b.constant(name + ".shift", weights(d));
    if (spec.opset() >= 17) {
      return x.op("LayerNormalization", name, Map.of("axis", -1L, "epsilon", 1e-5f), gain, shift);
    }
    Value centred =
        x.op("Sub", name + ".centred", Map.of(), x.reduceMean(name + ".mean", true, -1));
    Value variance =
        centred
            .op("Pow", name + ".square", Map.of(), scalar(name + ".two", 2))
            .reduceMean(name + ".variance", true, -1)
            .add(name + ".more", scalar(name + ".epsilon", 1e-5));
    return centred
        .op("Div", name + ".unit", Map.of(), variance.op("Sqrt", name + ".deviation", Map.of()))
        .mul(name + ".scaled", gain)
        .add(name, shift);
  }

  private Value gelu(Value x, String name) {
    Value bell =
        x.op("Div", name + ".in", Map.of(), scalar(name + ".root2", Math.sqrt(2)))
            .op("Erf", name + ".erf", Map.of())
            .add(name + ".plus", scalar(name + ".one", 1));
    return x.mul(name + ".whole", bell).mul(name, scalar(name + ".half", 0.5));
  }

  private Value table(String name, int rows) {
    return b.constant("embeddings." + name + ".weight", normal(1, rows, spec.width()));
  }

  private Value axes(String name, long... axes) {
    return b.constant(name + ".axes", axes);
  }

  private Value index(String name, long value) {
    return b.constant(TensorData.scalar(name, value));
  }

  private Value scalar(String name, double value) {
    return b.constant(TensorData.scalar(name, (float) value));
  }

  /** Of a layer out x in, or a bias. */
  private Tensor weights(int... dims) {
    return normal(dims.length == 1 ? 0.1 : 1 / Math.sqrt(dims[1]), dims);
  }

  private Tensor normal(double deviation, int... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return Tensor.wrap(shape, values);
  }
}
