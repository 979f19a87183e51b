package dev.percept.fact.bcos;

import dev.percept.core.Shape;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The architecture of a B-cos network. Its input is 6 x height x width: red, green and blue from 0
 * to 1, then 1 minus each of them.
 *
 * @param height of a picture
 * @param width of a picture
 * @param b the exponent B of all layers, at least 1; 2 in all public networks
 * @param maxOut filters an output of all layers; 1 in the networks for ImageNet
 * @param norm the normalisation behind every convolution
 * @param resNet the body
 * @param classes number of logits
 * @param logitBias added to every logit
 * @param logitTemperature every logit is divided by, before; 1 for none
 */
public record BcosSpec(
    int height,
    int width,
    double b,
    int maxOut,
    BcosNorm norm,
    @Nullable ResNetSpec resNet,
    int classes,
    double logitBias,
    double logitTemperature) {
  /** Channels of an input. */
  public static final int CHANNELS = 6;

  public BcosSpec {
    atLeastOne("height", height);
    atLeastOne("width", width);
    new Cosine(b);
    atLeastOne("MaxOut", maxOut);
    if (resNet == null) {
      throw new IllegalArgumentException("body: a ResNet, found none");
    }
    if (classes < 2) {
      throw new IllegalArgumentException("classes: at least 2, found " + classes);
    }
    if (!Double.isFinite(logitBias)) {
      throw new IllegalArgumentException("logit bias: a number, found " + logitBias);
    }
    if (!(logitTemperature > 0 && logitTemperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("logit temperature: above 0, found " + logitTemperature);
    }
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": at least 1, found " + value);
    }
  }

  /**
   * A residual network as the public ones: B = 2, no MaxOut, uncentred batch normalisation, logits
   * that start at one class in {@code classes}.
   */
  public static BcosSpec of(ResNetSpec body, int height, int width, int classes) {
    return new BcosSpec(
        height, width, 2, 1, BcosNorm.BATCH_UNCENTERED, body, classes, logitBias(classes), 1);
  }

  /** {@code resnet_18} of the public B-cos v2 at 224 x 224. */
  public static BcosSpec resNet18(int classes) {
    return imageNet(ResNetSpec.Block.BASIC, classes, 2, 2, 2, 2);
  }

  /** {@code resnet_34} of the public B-cos v2 at 224 x 224. */
  public static BcosSpec resNet34(int classes) {
    return imageNet(ResNetSpec.Block.BASIC, classes, 3, 4, 6, 3);
  }

  /** {@code resnet_50} of the public B-cos v2 at 224 x 224. */
  public static BcosSpec resNet50(int classes) {
    return imageNet(ResNetSpec.Block.BOTTLENECK, classes, 3, 4, 6, 3);
  }

  /** ResNet-20 of the CIFAR type at 32 x 32. */
  public static BcosSpec cifarResNet20(int classes) {
    return of(ResNetSpec.cifar(3), 32, 32, classes);
  }

  private static BcosSpec imageNet(ResNetSpec.Block block, int classes, int... blocks) {
    return of(ResNetSpec.imageNet(block, blocks), 224, 224, classes);
  }

  /** {@code −ln(classes − 1)}: the logit of a probability of 1 / classes. */
  public static double logitBias(int classes) {
    return -Math.log(classes - 1);
  }

  /** With another exponent. */
  public BcosSpec withB(double b) {
    return new BcosSpec(
        height, width, b, maxOut, norm, resNet, classes, logitBias, logitTemperature);
  }

  /** With another number of filters an output. */
  public BcosSpec withMaxOut(int maxOut) {
    return new BcosSpec(
        height, width, b, maxOut, norm, resNet, classes, logitBias, logitTemperature);
  }

  /** With another normalisation. */
  public BcosSpec withNorm(BcosNorm norm) {
    return new BcosSpec(
        height, width, b, maxOut, norm, resNet, classes, logitBias, logitTemperature);
  }

  /** With other constants of the logits. */
  public BcosSpec withLogits(double bias, double temperature) {
    return new BcosSpec(height, width, b, maxOut, norm, resNet, classes, bias, temperature);
  }

  /** The shape of one input. */
  public Shape inputShape() {
    return Shape.of(CHANNELS, height, width);
  }

  /** Names and shapes of the weights, as in a state dict of the public B-cos v2. */
  public Map<String, Shape> weights() {
    return BcosWeights.shapes(plan().parameters());
  }

  /** The places where the network can be cut, from the input to the output. */
  public java.util.List<String> layers() {
    return plan().layers();
  }

  Plan plan() {
    if (resNet == null) {
      throw new IllegalStateException("a network without a body");
    }
    return ResNetPlan.of(this, resNet);
  }
}
