package dev.percept.app;

import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How many concepts a class has: given, or chosen for each class.
 *
 * @param number at least 1; where it is chosen, only a start
 * @param chosen whether the number is chosen from the data
 */
record ConceptCount(int number, boolean chosen) {
  static final ConceptCount DEFAULT = new ConceptCount(10, false);
  private static final String AUTO = "auto";

  @Override
  public String toString() {
    return chosen ? AUTO : Integer.toString(number);
  }

  /** What a shell can offer. */
  static final class Candidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of(AUTO).iterator();
    }
  }

  static final class Converter implements ITypeConverter<ConceptCount> {
    @Override
    public ConceptCount convert(String value) {
      if (value.equals(AUTO)) {
        return new ConceptCount(DEFAULT.number, true);
      }
      try {
        int number = Integer.parseInt(value);
        if (number >= 1) {
          return new ConceptCount(number, false);
        }
      } catch (NumberFormatException e) {
        // Refused below, in the same words as a number that is too small.
      }
      throw new TypeConversionException("a number of at least 1, or auto, found '" + value + "'");
    }
  }
}
