package dev.percept.benchmarks;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.Value;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * A network with the shape and the cost of ResNet-50 (He et al., CVPR 2016; the stride lies in the
 * 3 x 3 convolution, as torchvision has it) and random weights: He-normal convolutions, so that the
 * size of activations is kept, and a batch normalisation after each, kept as a node of its own. The
 * last normalisation of a block is scaled down, or activations would double from block to block.
 */
public final class RandomResNet50 {
  /** Channels of the stem of the real network. */
  public static final int WIDTH = 64;

  private static final int[] BLOCKS = {3, 4, 6, 3};
  private static final int EXPANSION = 4;
  private static final float BRANCH_SCALE = 0.4f;

  private final RandomGenerator random;

  private RandomResNet50(long seed) {
    random = Run.of(seed).random("benchmarks.resnet50");
  }

  /**
   * Writes the model: {@code input} N x 3 x side x side, {@code logits} N x classes.
   *
   * @param width channels of the stem, {@link #WIDTH} for the real size
   * @param side of the input; 224 for the real size
   */
  public static void write(Path file, int width, int side, int classes, long seed) {
    if (width < 1 || side < 32 || classes < 1) {
      throw new IllegalArgumentException(
          "random ResNet-50: width at least 1, side at least 32, classes at least 1; found "
              + width
              + ", "
              + side
              + ", "
              + classes);
    }
    new RandomResNet50(seed).build(width, side, classes).writeTo(file);
  }

  private OnnxBuilder build(int width, int side, int classes) {
    OnnxBuilder builder = new OnnxBuilder(17).metadata("weights", "random, for benchmarks");
    Value x = builder.input("input", OnnxBuilder.DYNAMIC, 3, side, side);
    x = convolution(x, "stem", 3, width, 7, 2, 1).relu("stem.relu").maxPool("stem.pool", 3, 2, 1);
    int in = width;
    for (int stage = 0; stage < BLOCKS.length; stage++) {
      int middle = width << stage;
      for (int block = 0; block < BLOCKS[stage]; block++) {
        int stride = block == 0 && stage > 0 ? 2 : 1;
        x = bottleneck(x, "layer" + (stage + 1) + "." + block, in, middle, stride);
        in = middle * EXPANSION;
      }
    }
    return x.globalAveragePool("pool")
        .flatten("flat")
        .gemm("logits", normal(Math.sqrt(1.0 / in), classes, in), vector(classes, 0, 0.1))
        .output(classes);
  }

  private Value bottleneck(Value x, String name, int in, int middle, int stride) {
    int out = middle * EXPANSION;
    Value y = convolution(x, name + ".1", in, middle, 1, 1, 1).relu(name + ".1.relu");
    y = convolution(y, name + ".2", middle, middle, 3, stride, 1).relu(name + ".2.relu");
    y = convolution(y, name + ".3", middle, out, 1, 1, BRANCH_SCALE);
    Value shortcut =
        in == out && stride == 1 ? x : convolution(x, name + ".down", in, out, 1, stride, 1);
    return y.add(name + ".sum", shortcut).relu(name + ".relu");
  }

  /** Convolution without bias, then batch normalisation. */
  private Value convolution(
      Value x, String name, int in, int out, int kernel, int stride, double scale) {
    double he = Math.sqrt(2.0 / ((double) in * kernel * kernel));
    return x.conv(name + ".conv", normal(he, out, in, kernel, kernel), null, stride, kernel / 2)
        .batchNormalization(
            name + ".bn",
            vector(out, scale, 0.1 * scale),
            vector(out, 0, 0.1),
            vector(out, 0, 0.1),
            vector(out, 1, 0.05),
            1e-5f);
  }

  private Tensor vector(int size, double mean, double deviation) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (mean + deviation * random.nextGaussian());
    }
    return Tensor.wrap(Shape.of(size), values);
  }

  private Tensor normal(double deviation, int... dims) {
    Shape shape = Shape.of(dims);
    return vector(shape.size(), 0, deviation).reshape(dims);
  }
}
