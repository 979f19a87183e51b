package dev.percept.engine.torch;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A convolution and its batch normalisation while they are trained. */
final class ConvNorm {
  private static final double EPSILON = 1e-5;

  private final int stride;
  private final int padding;
  private final org.bytedeco.pytorch.Tensor kernel;
  private final org.bytedeco.pytorch.Tensor gain;
  private final org.bytedeco.pytorch.Tensor shift;
  private final org.bytedeco.pytorch.Tensor mean;
  private final org.bytedeco.pytorch.Tensor variance;

  ConvNorm(int in, int out, int size, int stride, RandomGenerator random) {
    this.stride = stride;
    this.padding = size / 2;
    float[] start = new float[out * in * size * size];
    // He initialisation by fan-out, from Java's generator: the same start on every machine.
    double deviation = Math.sqrt(2.0 / out / size / size);
    for (int i = 0; i < start.length; i++) {
      start[i] = (float) (random.nextGaussian() * deviation);
    }
    kernel = Tensors.of(Shape.of(out, in, size, size), start).set_requires_grad(true);
    gain = torch.ones(out).set_requires_grad(true);
    shift = torch.zeros(out).set_requires_grad(true);
    mean = torch.zeros(out);
    variance = torch.ones(out);
  }

  void parameters(TensorVector all) {
    all.push_back(kernel);
    all.push_back(gain);
    all.push_back(shift);
  }

  /**
   * Forward in training mode.
   *
   * @param momentum share of this batch in the running statistics
   */
  org.bytedeco.pytorch.Tensor forward(org.bytedeco.pytorch.Tensor x, double momentum) {
    org.bytedeco.pytorch.Tensor y =
        torch.conv2d(
            x,
            kernel,
            new TensorOptional(),
            new long[] {stride, stride},
            new long[] {padding, padding},
            new long[] {1, 1},
            1);
    return torch.batch_norm(
        y,
        new TensorOptional(gain),
        new TensorOptional(shift),
        new TensorOptional(mean),
        new TensorOptional(variance),
        true,
        momentum,
        EPSILON,
        false);
  }

  /** The same in evaluation mode as one convolution. */
  ResidualWeights.Conv fold() {
    Tensor k = Tensors.toJava(kernel);
    Tensor g = Tensors.toJava(gain);
    Tensor s = Tensors.toJava(shift);
    Tensor m = Tensors.toJava(mean);
    Tensor v = Tensors.toJava(variance);
    int out = k.rows();
    int each = k.shape().example().size();
    float[] folded = new float[k.shape().size()];
    float[] bias = new float[out];
    for (int o = 0; o < out; o++) {
      double scale = g.get(o) / Math.sqrt(v.get(o) + EPSILON);
      for (int i = 0; i < each; i++) {
        folded[o * each + i] = (float) (k.get(o * each + i) * scale);
      }
      bias[o] = (float) (s.get(o) - m.get(o) * scale);
    }
    return new ResidualWeights.Conv(
        Tensor.wrap(k.shape(), folded), Tensor.wrap(Shape.of(out), bias), stride);
  }
}
