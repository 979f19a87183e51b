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
  /** ResNet-20 for pictures of 32 x 32. */
  CIFAR_RESNET20;

  /** The architecture with a number of classes, at least 2. */
  public BcosSpec spec(int classes) {
    return switch (this) {
      case RESNET18 -> BcosSpec.resNet18(classes);
      case RESNET34 -> BcosSpec.resNet34(classes);
      case RESNET50 -> BcosSpec.resNet50(classes);
      case CIFAR_RESNET20 -> BcosSpec.cifarResNet20(classes);
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
