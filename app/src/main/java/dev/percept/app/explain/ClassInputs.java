package dev.percept.app.explain;

import dev.percept.bundle.Bundle;
import java.util.List;
import java.util.Map;

/** Pictures or texts of a class, with the parts of them that concepts were found in. */
interface ClassInputs {
  /** The name of each. */
  List<String> names();

  /** The number of parts. */
  int parts();

  /** SHA-256 over what they hold. */
  String fingerprint();

  /** What could not be read, with the reason. */
  List<String> skipped();

  /**
   * A part as a bundle has it.
   *
   * @param part which
   * @param name of its file, without what the file's name ends in
   * @param value its code
   * @param files receives the file
   */
  Bundle.Excerpt excerpt(
      int part, String group, String name, double value, Map<String, byte[]> files);

  /**
   * Puts one of them whole among the files.
   *
   * @return the file's name
   */
  String whole(int index, String key, Map<String, byte[]> files);
}
