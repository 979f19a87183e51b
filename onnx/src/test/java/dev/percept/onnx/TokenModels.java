package dev.percept.onnx;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Small vision transformers with the token layouts of well-known exporters; random weights. The
 * stream of tokens behind block {@code i} is called {@code b<i>}, behind the last norm {@code
 * norm}. Pictures are 3 x 16 x 16, patches 4 x 4, so there are 16.
 */
public final class TokenModels {
  /** Number of classes. */
  public static final int CLASSES = 5;

  private static final int D = 8;
  private static final int HEADS = 2;
  private static final int PATCH = 4;

  private final RandomGenerator random = Run.of(11).random("weights");
  private final OnnxBuilder b = new OnnxBuilder(17);
  private final Value picture;

  private TokenModels(int rows, int columns) {
    this.picture = b.input("x", OnnxBuilder.DYNAMIC, 3, rows * PATCH, columns * PATCH);
  }

  /** timm's ViT: class token first, positions for all, head at the class token. */
  public static Path vit(Path file) {
    TokenModels m = new TokenModels(4, 4);
    Value x = m.special("cls", 1).concat("joined", 1, m.patches());
    return m.write(m.first(m.blocks(m.positions(x, 17)), 0, "token"), file);
  }

  /** timm's ViT with {@code global_pool="avg"} on wide pictures: a class token nobody reads. */
  public static Path wideAveraged(Path file) {
    TokenModels m = new TokenModels(2, 4);
    Value x = m.special("cls", 1).concat("joined", 1, m.patches());
    Value patches = m.slice(m.blocks(m.positions(x, 9)), "only", 1, Long.MAX_VALUE);
    return m.write(patches.reduceMean("mean", false, 1), file);
  }

  /** ViT behind a convolutional stem with a ReLU. */
  public static Path hybrid(Path file) {
    TokenModels m = new TokenModels(4, 4);
    Value x = m.special("cls", 1).concat("joined", 1, m.sequence(m.stem(), 2));
    return m.write(m.first(m.blocks(m.positions(x, 17)), 0, "token"), file);
  }

  /** The same stem; no class token, the mean over all patches answers. */
  public static Path hybridAveraged(Path file) {
    TokenModels m = new TokenModels(4, 4);
    Value x = m.positions(m.sequence(m.stem(), 2), 16);
    return m.write(m.blocks(x).reduceMean("mean", false, 1), file);
  }

  /** Attention among the places of a ReLU network, with a ReLU again behind it. */
  public static Path bottleneck(Path file) {
    TokenModels m = new TokenModels(4, 4);
    Value map = m.block(m.sequence(m.stem(), 2), "b0").transpose("turned", 0, 2, 1);
    Value features = map.reshape("map", -1, D, 4, 4).relu("features");
    return m.write(features.globalAveragePool("gap").flatten("vector"), file);
  }

  /** A ReLU network whose places are pooled by attention. */
  public static Path attentionPooled(Path file) {
    TokenModels m = new TokenModels(4, 4);
    Value x = m.special("query", 1).concat("joined", 1, m.sequence(m.stem(), 2));
    return m.write(m.first(m.norm(m.block(m.positions(x, 17), "b0"), "norm"), 0, "token"), file);
  }

  /** DeiT: class and distillation token, each with a head of its own; their mean answers. */
  public static Path deit(Path file) {
    TokenModels m = new TokenModels(4, 4);
    Value x =
        m.special("cls", 1)
            .op("Concat", "joined", Map.of("axis", 1), m.special("dist", 1), m.patches());
    Value norm = m.blocks(m.positions(x, 18));
    Value one = m.gemm(m.first(norm, 0, "token"), "head", D);
    Value two = m.gemm(m.first(norm, 1, "distilled"), "head.dist", D);
    one.add("sum", two).mul("logits", m.constant("half", Tensor.of(Shape.of(1), .5f))).output(5);
    m.b.writeTo(file);
    return file;
  }

  /**
   * DINOv2: positions for class token and patches, then registers put between them; as classifiers
   * of it do, the head reads the class token and the mean of the patches.
   *
   * @param registers 0 or more
   */
  public static Path dino(Path file, int registers) {
    TokenModels m = new TokenModels(4, 4);
    Value x = m.special("cls", 1).concat("joined", 1, m.patches());
    x = m.positions(x, 17);
    if (registers > 0) {
      x =
          m.slice(x, "cls.placed", 0, 1)
              .op(
                  "Concat",
                  "registered",
                  Map.of("axis", 1),
                  m.special("reg", registers),
                  m.slice(x, "patches.placed", 1, Long.MAX_VALUE));
    }
    Value norm = m.blocks(x);
    Value mean =
        m.slice(norm, "patches.last", 1 + registers, Long.MAX_VALUE).reduceMean("mean", false, 1);
    Value both = m.first(norm, 0, "token").concat("both", 1, mean);
    m.gemm(both, "logits", 2 * D).output(CLASSES);
    m.b.writeTo(file);
    return file;
  }

  /** DINOv2 with four registers whose head reads the class token alone. */
  public static Path dinoToken(Path file) {
    TokenModels m = new TokenModels(4, 4);
    Value x = m.positions(m.special("cls", 1).concat("joined", 1, m.patches()), 17);
    x =
        m.slice(x, "cls.placed", 0, 1)
            .op(
                "Concat",
                "registered",
                Map.of("axis", 1),
                m.special("reg", 4),
                m.slice(x, "patches.placed", 1, Long.MAX_VALUE));
    Value token = m.slice(m.blocks(x), "token.kept", 0, 1);
    return m.write(token.op("Squeeze", "token", Map.of(), m.b.constant("one", 1)), file);
  }

  /** No class token: the mean over all patches answers. */
  public static Path averaged(Path file) {
    TokenModels m = new TokenModels(4, 4);
    return m.write(m.blocks(m.positions(m.patches(), 16)).reduceMean("mean", false, 1), file);
  }

  /** Registers behind the patches; the mean over the patches answers. */
  public static Path trailing(Path file) {
    TokenModels m = new TokenModels(4, 4);
    Value x = m.positions(m.patches(), 16).concat("joined", 1, m.special("reg", 3));
    return m.write(m.slice(m.blocks(x), "only", 0, 16).reduceMean("mean", false, 1), file);
  }

  /** A class token that the graph hides: the sequence is padded in front, then it is added. */
  public static Path padded(Path file) {
    TokenModels m = new TokenModels(4, 4);
    Value x = m.patches().op("Pad", "padded", Map.of(), m.b.constant("pads", 0, 1, 0, 0, 0, 0));
    return m.write(m.first(m.blocks(m.positions(x, 17)), 0, "token"), file);
  }

  /**
   * MobileViT: attention between pixels of the same place in each 2 x 2 window, the windows being
   * folded into the batch and back.
   */
  public static Path mobile(Path file) {
    TokenModels m = new TokenModels(4, 4);
    Value x = m.picture.conv("stem", m.normal(.3, D, 3, 3, 3), null, 2, 1);
    x = x.mul("silu", x.sigmoid("gate"));
    Value y = x.reshape("cells", -1, 2, 4, 2).transpose("windows", 0, 2, 1, 3);
    y =
        y.reshape("areas", -1, D, 16, 4)
            .transpose("apart", 0, 3, 2, 1)
            .reshape("folded", -1, 16, D);
    y = m.norm(m.block(y, "b0"), "norm");
    y = y.reshape("unfolded", -1, 4, 16, D).transpose("together", 0, 3, 2, 1);
    y = y.reshape("rows", -1, 4, 2, 2).transpose("back", 0, 2, 1, 3).reshape("map", -1, D, 8, 8);
    y = x.concat("both", 1, y).conv("fuse", m.normal(.2, D, 2 * D, 3, 3), null, 1, 1);
    y = y.mul("features", y.sigmoid("gate2"));
    m.gemm(y.globalAveragePool("gap").flatten("flat"), "logits", D).output(CLASSES);
    m.b.writeTo(file);
    return file;
  }

  private Path write(Value features, Path file) {
    gemm(features, "logits", D).output(CLASSES);
    b.writeTo(file);
    return file;
  }

  private Value gemm(Value x, String name, int width) {
    return x.gemm(name, normal(1, CLASSES, width), normal(1, CLASSES));
  }

  private Value patches() {
    return sequence(picture, PATCH);
  }

  private Value stem() {
    return picture.conv("stem", normal(.3, 3, 3, 3, 3), null, 2, 1).relu("stem.relu");
  }

  private Value sequence(Value map, int patch) {
    return map.conv("embed", normal(.2, D, 3, patch, patch), normal(.1, D), patch, 0)
        .reshape("flat", 0, D, -1)
        .transpose("sequence", 0, 2, 1);
  }

  /** Tokens of their own, as many times as there are pictures. */
  private Value special(String name, int count) {
    Value n =
        picture
            .op("Shape", name + ".shape", Map.of())
            .op("Gather", name + ".n", Map.of(), b.constant(name + ".zero", 0));
    Value to = n.op("Concat", name + ".to", Map.of("axis", 0), b.constant(name + ".s", count, D));
    return constant(name + ".token", normal(1, 1, count, D)).op("Expand", name, Map.of(), to);
  }

  private Value positions(Value x, int count) {
    return x.add("placed", constant("positions", normal(.5, 1, count, D)));
  }

  private Value first(Value x, long index, String name) {
    return x.op(
        "Gather", name, Map.of("axis", 1), b.constant(TensorData.scalar(name + ".index", index)));
  }

  private Value slice(Value x, String name, long from, long to) {
    return x.op(
        "Slice",
        name,
        Map.of(),
        b.constant(name + ".from", from),
        b.constant(name + ".to", to),
        b.constant(name + ".axis", 1));
  }

  private Value blocks(Value x) {
    return norm(block(block(x, "b0"), "b1"), "norm");
  }

  private Value block(Value x, String name) {
    Value qkv =
        dense(norm(x, name + ".norm1"), name + ".qkv", D, 3 * D)
            .reshape(name + ".heads", 0, 0, 3, HEADS, D / HEADS);
    qkv = qkv.transpose(name + ".split", 2, 0, 3, 1, 4);
    Value q = part(qkv, name + ".q", 0);
    Value k = part(qkv, name + ".k", 1).transpose(name + ".kt", 0, 1, 3, 2);
    Value v = part(qkv, name + ".v", 2);
    Value y = q.matMul(name + ".scores", k).softmax(name + ".attention", -1);
    y = y.matMul(name + ".mix", v).transpose(name + ".back", 0, 2, 1, 3);
    y = y.reshape(name + ".merged", 0, 0, D);
    x = x.add(name + ".mid", dense(y, name + ".out", D, D));
    y = dense(norm(x, name + ".norm2"), name + ".up", D, 2 * D).relu(name + ".act");
    return x.add(name, dense(y, name + ".down", 2 * D, D));
  }

  private Value part(Value qkv, String name, long index) {
    Value at = b.constant(TensorData.scalar(name + ".index", index));
    return qkv.op("Gather", name, Map.of("axis", 0), at);
  }

  private Value dense(Value x, String name, int in, int out) {
    Value weight = constant(name + ".weight", normal(1 / Math.sqrt(in), in, out));
    return constant(name + ".bias", normal(.1, out)).add(name, x.matMul(name + ".product", weight));
  }

  private Value norm(Value x, String name) {
    return x.op(
        "LayerNormalization",
        name,
        Map.of("axis", -1L),
        constant(name + ".gain", normal(1, D)),
        constant(name + ".shift", normal(.1, D)));
  }

  private Value constant(String name, Tensor values) {
    return b.constant(name, values);
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
