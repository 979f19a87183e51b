package dev.percept.engine.torch;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Random weights to begin with, from Java's generator: the same start on every machine. Dense
 * layers by Glorot and Bengio (2010), those that end a shortcut smaller, so that the sum over the
 * blocks begins at the size of one. Positions of patches begin as waves along rows and columns:
 * neighbours are alike from the first step on.
 */
final class TransformerStart {
  private static final double SMALL = 0.1;

  private final RandomGenerator random;
  private final int width;
  private final Map<String, Tensor> all = new LinkedHashMap<>();

  private TransformerStart(int width, RandomGenerator random) {
    this.width = width;
    this.random = random;
  }

  static TransformerWeights of(TransformerSpec spec, RandomGenerator random) {
    EncoderSpec encoder = spec.encoder();
    TransformerStart start = new TransformerStart(encoder.width(), random);
    start.source(spec);
    double ending = 1 / Math.sqrt(2.0 * encoder.layers());
    boolean before = encoder.norm() == EncoderSpec.Norm.BEFORE;
    if (!before) {
      start.norm("embedding.norm");
    }
    int d = encoder.width();
    for (int i = 0; i < encoder.layers(); i++) {
      start.norm(i + ".norm1");
      start.dense(i + ".qkv", 3 * d, d, 1);
      start.dense(i + ".out", d, d, before ? ending : 1);
      start.norm(i + ".norm2");
      start.dense(i + ".up", encoder.hidden(), d, 1);
      start.dense(i + ".down", d, encoder.hidden(), before ? ending : 1);
    }
    if (before) {
      start.norm("norm");
    }
    if (spec.reading() == TransformerSpec.Reading.FIRST_RECTIFIED) {
      start.dense("pooler", d, d, 1);
    }
    start.dense("head", spec.classes(), d, 1);
    if (spec.attributes() > 0) {
      start.dense("attributes", spec.attributes(), d, 1);
    }
    return new TransformerWeights(spec, start.all);
  }

  private void source(TransformerSpec spec) {
    if (spec.source() instanceof TransformerSpec.Patches patches) {
      int in = patches.channels() * patches.patch() * patches.patch();
      put(
          "patches.weight",
          Shape.of(width, patches.channels(), patches.patch(), patches.patch()),
          Math.sqrt(1.0 / in));
      fill("patches.bias", width, 0);
      int first = spec.hasClassToken() ? 1 : 0;
      if (first == 1) {
        put("class.token", Shape.of(width), SMALL);
      }
      all.put("positions", waves(patches.side() / patches.patch(), first));
    } else if (spec.source() instanceof TransformerSpec.Words words) {
      put("words", Shape.of(words.vocabulary(), width), SMALL);
      put("types", Shape.of(words.types(), width), SMALL);
      put("positions", Shape.of(words.maxTokens(), width), SMALL);
    }
  }

  /** A quarter of the features each: sine and cosine of the row, sine and cosine of the column. */
  private Tensor waves(int side, int first) {
    int quarter = Math.max(1, width / 4);
    float[] values = new float[(side * side + first) * width];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int at = (y * side + x + first) * width;
        for (int j = 0; j < width; j++) {
          double place = j < width / 2 ? y : x;
          double angle = place * Math.PI / side * Math.pow(side, (double) (j % quarter) / quarter);
          values[at + j] =
              (float) (0.5 * (j / quarter % 2 == 0 ? Math.sin(angle) : Math.cos(angle)));
        }
      }
    }
    return Tensor.wrap(Shape.of(side * side + first, width), values);
  }

  private void dense(String name, int out, int in, double scale) {
    put(name + ".weight", Shape.of(out, in), scale * Math.sqrt(2.0 / (in + out)));
    fill(name + ".bias", out, 0);
  }

  private void norm(String name) {
    fill(name + ".gain", width, 1);
    fill(name + ".shift", width, 0);
  }

  private void put(String name, Shape shape, double deviation) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    all.put(name, Tensor.wrap(shape, values));
  }

  private void fill(String name, int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    all.put(name, Tensor.wrap(Shape.of(size), values));
  }
}
