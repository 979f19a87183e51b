package dev.percept.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a picture of any size becomes one of the model's size. */
public enum ResizeMode {
  /**
   * Shorter side to 256/224 of the model's side, then the centre: how ImageNet models are usually
   * evaluated. An eighth of the shorter side is cut away.
   */
  CROP,
  /** Shorter side to the model's side, then the centre: nothing of the shorter side is lost. */
  FIT,
  /** Both sides to the model's sides: all is seen, proportions change. */
  SQUASH;

  /**
   * What to take when nobody says: FIT. On photographs at full size it does as well as CROP, and
   * pictures that already have the model's size are not enlarged only to lose their borders.
   */
  public static final ResizeMode DEFAULT = FIT;

  /** The name used on a command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The mode called {@code name}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ResizeMode parse(String name) {
    for (ResizeMode mode : values()) {
      if (mode.toString().equals(name.strip().toLowerCase(Locale.ROOT))) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "resize: one of "
            + Arrays.stream(values()).map(ResizeMode::toString).collect(Collectors.joining(", "))
            + ", found '"
            + name
            + "'");
  }
}
