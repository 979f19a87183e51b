package dev.percept.app;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** Option values that are one of a few words. */
final class Choice {
  private Choice() {}

  /**
   * The value that is written {@code word}.
   *
   * @throws TypeConversionException that lists the words if there is none
   */
  static <E extends Enum<E>> E of(E[] values, String word) {
    return Arrays.stream(values)
        .filter(value -> value.toString().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of "
                        + Arrays.stream(values).map(E::toString).collect(Collectors.joining(", "))
                        + ", found '"
                        + word
                        + "'"));
  }
}
