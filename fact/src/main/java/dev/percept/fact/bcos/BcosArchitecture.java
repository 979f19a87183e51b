package dev.percept.fact.bcos;

import dev.percept.core.PerceptException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Architectures of published B-cos networks, whose files hold weights and nothing else. */
public enum BcosArchitecture {
  /** {@code resnet_18} of B-cos v2. */
  RESNET18,
  /** {@code resnet_34} of B-cos v2. */
  RESNET34,
  /** {@code resnet_50} of B-cos v2, whether trained for 90 epochs or longer. */
  RESNET50,
  /** {@code densenet_121} of B-cos v2, whether trained for 90 epochs or longer. */
  DENSENET121,
  /** {@code bcos_simple_vit_ti_patch16_224} of B-cos v2. */
  SIMPLE_VIT_TI,
  /** {@code bcos_simple_vit_s_patch16_224} of B-cos v2. */
  SIMPLE_VIT_S,
  /** {@code bcos_simple_vit_b_patch16_224} of B-cos v2. */
  SIMPLE_VIT_B,
  /** {@code bcos_vitc_ti_patch1_14} of B-cos v2. */
  VITC_TI,
  /** {@code bcos_vitc_s_patch1_14} of B-cos v2. */
  VITC_S,
  /** {@code bcos_vitc_b_patch1_14} of B-cos v2. */
  VITC_B,
  /** ResNet-20 for pictures of 32 x 32. */
  CIFAR_RESNET20;

  private static final int SIDE = 224;

  /** The architecture with a number of classes, at least 2. */
  public BcosSpec spec(int classes) {
    return switch (this) {
      case RESNET18 -> BcosSpec.resNet18(classes);
      case RESNET34 -> BcosSpec.resNet34(classes);
      case RESNET50 -> BcosSpec.resNet50(classes);
      case DENSENET121 -> BcosSpec.of(DenseNetSpec.of121(), SIDE, SIDE, classes);
      case SIMPLE_VIT_TI -> BcosSpec.of(VitSpec.tiny(), SIDE, SIDE, classes);
      case SIMPLE_VIT_S -> BcosSpec.of(VitSpec.small(), SIDE, SIDE, classes);
      case SIMPLE_VIT_B -> BcosSpec.of(VitSpec.base(), SIDE, SIDE, classes);
      case VITC_TI -> BcosSpec.of(VitSpec.convolutionalTiny(), SIDE, SIDE, classes);
      case VITC_S -> BcosSpec.of(VitSpec.convolutionalSmall(), SIDE, SIDE, classes);
      case VITC_B -> BcosSpec.of(VitSpec.convolutionalBase(), SIDE, SIDE, classes);
      case CIFAR_RESNET20 -> BcosSpec.cifarResNet20(classes);
    };
  }

  /** The name of the weights of the last layer, which have a row a class. */
  String classifier() {
    return switch (this) {
      case RESNET18, RESNET34, RESNET50, CIFAR_RESNET20 -> "fc.linear.weight";
      case DENSENET121 -> "classifier.linear.weight";
      case SIMPLE_VIT_TI, SIMPLE_VIT_S, SIMPLE_VIT_B, VITC_TI, VITC_S, VITC_B ->
          "0.linear_head.linear.linear.weight";
    };
  }

  /**
   * Finds one by its name, with or without hyphens and underscores.
   *
   * @throws PerceptException with all names, if there is none
   */
  public static BcosArchitecture of(String name) {
    String wanted = plain(name);
    return Arrays.stream(values())
        .filter(a -> plain(a.name()).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new PerceptException(
                    "there is no B-cos architecture '" + name + "'; there are " + names()));
  }

  /** All names, for messages and help. */
  public static String names() {
    return Arrays.stream(values()).map(Object::toString).collect(Collectors.joining(", "));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
