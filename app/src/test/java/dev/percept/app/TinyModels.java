package dev.percept.app;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.Value;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Networks for {@link TinyPictures} whose weights are written down, not trained: detectors of
 * colours, a residual block, an average and a linear layer. Input 3 x 32 x 32 from 0 to 1.
 */
final class TinyModels {
  static final int CLASSES = 3;
  static final String FEATURES = "features";

  /** One of the two paths of the residual block: no clean cut. */
  static final String BRANCH = "branch";

  private static final int WIDTH = 10;

  /** Red, green, blue, yellow, white, dark: weights of r, g, b and a threshold. */
  private static final float[][] COLOURS = {
    {1, -0.5f, -0.5f, -0.2f},
    {-0.5f, 1, -0.5f, -0.1f},
    {-0.5f, -0.5f, 1, -0.1f},
    {0.5f, 0.5f, -1, -0.3f},
    {0.4f, 0.4f, 0.4f, -0.8f},
    {-0.4f, -0.4f, -0.4f, 0.4f},
  };

  /** What each colour says for apple, sky and sun. */
  private static final float[][] VOTES = {
    {8, 3, -2, -4, -1, 1}, {-4, -1, 6, -5, 4, -1}, {-2, -1, 1, 9, -2, 0.5f},
  };

  private final RandomGenerator random = Run.of(5).random("tiny");
  private final OnnxBuilder builder = new OnnxBuilder(17);

  private TinyModels() {}

  /** An affine head, and activations that are at least 0. */
  static Path affine(Path file) {
    return new TinyModels().write(file, h -> h, true);
  }

  /** A head that saturates: nothing about it is affine in the activations. */
  static Path saturating(Path file) {
    return new TinyModels().write(file, h -> h.sigmoid("squashed"), true);
  }

  /** Activations of both signs everywhere. */
  static Path signed(Path file) {
    return new TinyModels().write(file, h -> h, false);
  }

  /** The affine model with a weight that is not a number. */
  static Path broken(Path file) {
    TinyModels m = new TinyModels();
    Value x = m.builder.input("input", OnnxBuilder.DYNAMIC, 3, 32, 32);
    float[] weights = m.noise(4 * 3, 0.5f);
    weights[5] = Float.NaN;
    x = x.conv("conv", Tensor.wrap(Shape.of(4, 3, 1, 1), weights), null, 4, 0).relu(FEATURES);
    m.head(x, 4, h -> h);
    m.builder.writeTo(file);
    return file;
  }

  /** A model that asks for two pictures. */
  static Path twoInputs(Path file) {
    TinyModels m = new TinyModels();
    Value a = m.builder.input("left", OnnxBuilder.DYNAMIC, 3, 32, 32);
    Value b = m.builder.input("right", OnnxBuilder.DYNAMIC, 3, 32, 32);
    m.head(a.add("sum", b).relu(FEATURES), 3, h -> h);
    m.builder.writeTo(file);
    return file;
  }

  private Path write(Path file, UnaryOperator<Value> middle, boolean positive) {
    Value x = builder.input("input", OnnxBuilder.DYNAMIC, 3, 32, 32);
    int colours = COLOURS.length;
    float[] weights = noise(WIDTH * 3, 0.4f);
    float[] bias = new float[WIDTH];
    for (int c = 0; c < colours; c++) {
      System.arraycopy(COLOURS[c], 0, weights, c * 3, 3);
      bias[c] = COLOURS[c][3];
    }
    x = x.conv("colours", tensor(weights, WIDTH, 3, 1, 1), tensor(bias, WIDTH), 1, 0);
    x = positive ? x.relu("colours.relu") : x;
    x = x.averagePool("coarse", 4, 4, 0);
    Value y =
        x.conv("mix", tensor(noise(WIDTH * WIDTH * 9, 0.05f), WIDTH, WIDTH, 3, 3), null, 1, 1);
    y = positive ? y.relu(BRANCH) : y;
    x = x.add("sum", y);
    head(positive ? x.relu(FEATURES) : x.identity(FEATURES), WIDTH, middle);
    builder.writeTo(file);
    return file;
  }

  private void head(Value x, int width, UnaryOperator<Value> middle) {
    float[] votes = noise(CLASSES * width, 0.3f);
    for (int c = 0; c < CLASSES; c++) {
      System.arraycopy(VOTES[c], 0, votes, c * width, Math.min(width, VOTES[c].length));
    }
    middle
        .apply(
            x.globalAveragePool("average")
                .flatten("vector")
                .gemm("votes", tensor(votes, CLASSES, width), null))
        .gemm("logits", tensor(new float[] {4, 0, 0, 0, 4, 0, 0, 0, 4}, CLASSES, CLASSES), null)
        .output(CLASSES);
  }

  private float[] noise(int size, float scale) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian() * scale;
    }
    return values;
  }

  private static Tensor tensor(float[] values, int... dims) {
    return Tensor.wrap(Shape.of(dims), values);
  }
}
