package dev.percept.fact.bcos;

import dev.percept.core.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The architecture of a B-cos network. Its input is 6 x height x width: red, green and blue from 0
 * to 1, then 1 minus each of them.
 *
 * @param height of a picture
 * @param width of a picture
 * @param b the exponent B of all layers, at least 1; 2 in all public networks
 * @param maxOut filters an output of all layers; 1 in the networks for ImageNet
 * @param norm the normalisation; one by position in a transformer
 * @param resNet the body, if it is a residual network; of the three exactly one is given
 * @param vit the body, if it is a vision transformer
 * @param denseNet the body, if it is a densely connected network
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
    @Nullable VitSpec vit,
    @Nullable DenseNetSpec denseNet,
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
    long bodies = Stream.of(resNet, vit, denseNet).filter(Objects::nonNull).count();
    if (bodies != 1) {
      throw new IllegalArgumentException(
          "body: one of a ResNet, a ViT and a DenseNet, found " + bodies);
    }
    if (vit != null && norm != BcosNorm.POSITION && norm != BcosNorm.POSITION_UNCENTERED) {
      throw new IllegalArgumentException("norm of a ViT: by position, found " + norm);
    }
    if (vit != null) {
      VitPlan.grid(vit, height, width);
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
    return of(height, width, BcosNorm.BATCH_UNCENTERED, body, null, null, classes);
  }

  /** A vision transformer as the public ones: B = 2, no MaxOut, normalised by position. */
  public static BcosSpec of(VitSpec body, int height, int width, int classes) {
    return of(height, width, BcosNorm.POSITION, null, body, null, classes);
  }

  /** A densely connected network as the public ones, otherwise as the residual ones. */
  public static BcosSpec of(DenseNetSpec body, int height, int width, int classes) {
    return of(height, width, BcosNorm.BATCH_UNCENTERED, null, null, body, classes);
  }

  private static BcosSpec of(
      int height,
      int width,
      BcosNorm norm,
      @Nullable ResNetSpec resNet,
      @Nullable VitSpec vit,
      @Nullable DenseNetSpec denseNet,
      int classes) {
    double bias = logitBias(classes);
    return new BcosSpec(height, width, 2, 1, norm, resNet, vit, denseNet, classes, bias, 1);
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
    return with(b, maxOut, norm, logitBias, logitTemperature);
  }

  /** With another number of filters an output. */
  public BcosSpec withMaxOut(int maxOut) {
    return with(b, maxOut, norm, logitBias, logitTemperature);
  }

  /** With another normalisation. */
  public BcosSpec withNorm(BcosNorm norm) {
    return with(b, maxOut, norm, logitBias, logitTemperature);
  }

  /** With other constants of the logits. */
  public BcosSpec withLogits(double bias, double temperature) {
    return with(b, maxOut, norm, bias, temperature);
  }

  private BcosSpec with(double b, int maxOut, BcosNorm norm, double bias, double temperature) {
    return new BcosSpec(
        height, width, b, maxOut, norm, resNet, vit, denseNet, classes, bias, temperature);
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
  public List<String> layers() {
    return plan().layers();
  }

  Plan plan() {
    if (resNet != null) {
      return ResNetPlan.of(this, resNet);
    }
    if (vit != null) {
      return VitPlan.of(this, vit);
    }
    if (denseNet != null) {
      return DenseNetPlan.of(this, denseNet);
    }
    throw new IllegalStateException("a network without a body");
  }
}
