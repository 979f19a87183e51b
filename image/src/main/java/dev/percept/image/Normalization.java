package dev.percept.image;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How pixel values become model inputs: {@code (scale · v − mean) / std} for v from 0 to 255. A
 * model that is given other values than it was trained with still answers, only worse, and its
 * explanation explains something else; {@link PreprocessingCheck} finds out.
 *
 * @param name what to call it
 * @param bgr whether the model takes blue, green, red instead of red, green, blue
 * @param scale the factor on pixel values, above 0
 * @param mean subtracted after scaling; three values in the order in which the model takes its
 *     channels, each within the range of the scaled pixels
 * @param std divided by; three values above 0 in the same order
 */
public record Normalization(
    String name, boolean bgr, double scale, List<Double> mean, List<Double> std) {
  /** torchvision, timm and most of PyTorch's ImageNet models. */
  public static final Normalization IMAGENET =
      preset("imagenet", 1 / 255.0, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  /** From -1 to 1: TensorFlow's MobileNet, Inception and many ViTs. */
  public static final Normalization MINUS_ONE_ONE =
      preset("minus-one-one", 1 / 255.0, List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

  /** From 0 to 1. */
  public static final Normalization UNIT =
      preset("unit", 1 / 255.0, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

  /** From 0 to 255: models that normalise inside, such as Keras's EfficientNet. */
  public static final Normalization RAW255 =
      preset("raw255", 1, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

  /** Mean and standard deviation of CIFAR-10's training pixels. */
  public static final Normalization CIFAR10 =
      preset(
          "cifar10", 1 / 255.0, List.of(0.4914, 0.4822, 0.4465), List.of(0.2470, 0.2435, 0.2616));

  public Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (!(scale > 0) || !Double.isFinite(scale)) {
      throw new IllegalArgumentException("scale: above 0, found " + scale);
    }
    require("mean", mean);
    require("std", std);
    double top = 255 * scale * (1 + 1e-6);
    if (mean.stream().anyMatch(m -> m < 0 || m > top)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "mean: within the scaled pixels, 0 to %.4g, found %s; means of pixels from 0 to 255"
                  + " want scale 1",
              255 * scale,
              mean));
    }
    if (std.stream().anyMatch(s -> s <= 0)) {
      throw new IllegalArgumentException("std: above 0, found " + std);
    }
  }

  private static Normalization preset(
      String name, double scale, List<Double> mean, List<Double> std) {
    return new Normalization(name, false, scale, mean, std);
  }

  private static void require(String option, List<Double> values) {
    if (values.size() != 3 || !values.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(option + ": three numbers, found " + values);
    }
  }

  /** Every preset. */
  public static List<Normalization> presets() {
    return List.of(IMAGENET, MINUS_ONE_ONE, UNIT, RAW255, CIFAR10);
  }

  /**
   * The preset called {@code name}.
   *
   * @throws IllegalArgumentException if there is none; the message names the nearest
   */
  public static Normalization parse(String name) {
    String key = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    for (Normalization preset : presets()) {
      if (preset.name.equals(key)) {
        return preset;
      }
    }
    String all = presets().stream().map(Normalization::name).collect(Collectors.joining(", "));
    String nearest =
        presets().stream()
            .map(Normalization::name)
            .min(Comparator.comparingInt((String preset) -> -shared(preset, key)))
            .filter(preset -> shared(preset, key) > 1)
            .map(preset -> " (did you mean " + preset + "?)")
            .orElse("");
    throw new IllegalArgumentException(
        "preprocess: one of " + all + ", found '" + name + "'" + nearest);
  }

  /**
   * A normalisation of one's own.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static Normalization custom(
      boolean bgr, double scale, List<Double> mean, List<Double> std) {
    return new Normalization("custom", bgr, scale, mean, std);
  }

  /**
   * Three numbers, or one for all channels, separated by commas.
   *
   * @param option its name, for the message
   */
  public static List<Double> parseTriple(String option, String text) {
    String[] parts = text.split(",", -1);
    try {
      double[] values =
          Arrays.stream(parts).map(String::strip).mapToDouble(Double::parseDouble).toArray();
      if (values.length == 1) {
        return List.of(values[0], values[0], values[0]);
      }
      if (values.length == 3) {
        return List.of(values[0], values[1], values[2]);
      }
    } catch (NumberFormatException e) {
      // The sentence below says it better.
    }
    throw new IllegalArgumentException(
        option + ": one number or three separated by commas, found '" + text + "'");
  }

  /** This normalisation for a model that takes its channels in the other order. */
  public Normalization withBgr(boolean value) {
    return new Normalization(name, value, scale, mean, std);
  }

  /** The pixel channel (0 red, 2 blue) that the model takes as its channel {@code c}. */
  int channel(int c) {
    return bgr ? 2 - c : c;
  }

  /** The model input for pixel value {@code v} in the model's channel {@code c}. */
  float apply(int c, float v) {
    return (float) ((v * scale - mean.get(c)) / std.get(c));
  }

  /** The number of letters that both names begin or contain in a row, at best. */
  private static int shared(String a, String b) {
    int best = 0;
    for (int i = 0; i < a.length(); i++) {
      for (int j = 0; j < b.length(); j++) {
        int k = 0;
        while (i + k < a.length() && j + k < b.length() && a.charAt(i + k) == b.charAt(j + k)) {
          k++;
        }
        best = Math.max(best, k);
      }
    }
    return best;
  }
}
