package dev.percept.bundle;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Names of files inside a bundle: relative, forward slashes, and never a way out of the folder. */
final class BundlePaths {
  /** Letters, digits, dot, dash and underscore; no segment begins with a dot. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,7}");

  private static final int MAX_LENGTH = 1_000;

  private BundlePaths() {}

  /** Whether {@code name} can stand in a bundle. */
  static boolean isValid(String name) {
    return name.length() <= MAX_LENGTH && NAME.matcher(name).matches();
  }

  /**
   * The file {@code name} of the bundle in {@code folder}.
   *
   * @throws PerceptException if there is none, or it is a way out of the folder
   */
  static Path file(Path folder, String name) {
    return file(folder, name, "percept explain");
  }

  /** The same for a folder that {@code command} has made. */
  static Path file(Path folder, String name, String command) {
    if (!isValid(name)) {
      throw new PerceptException(
          "the bundle "
              + folder
              + " names the file '"
              + shown(name)
              + "', which is no plain path inside its folder; do not trust it, make it again with "
              + command);
    }
    Path file = folder.resolve(name);
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new PerceptException(
            "the bundle "
                + folder
                + " lacks its file '"
                + name
                + "': it was cut short; copy it again whole, or make it again with "
                + command);
      }
      if (!file.toRealPath().startsWith(folder.toRealPath()) || !Files.isRegularFile(file)) {
        throw new PerceptException(
            "'"
                + name
                + "' of the bundle "
                + folder
                + " is a link out of the folder or no file; make the bundle again with "
                + command);
      }
    } catch (IOException e) {
      throw new PerceptException(
          "cannot read '" + name + "' of the bundle " + folder + ": " + e.getMessage(), e);
    }
    return file;
  }

  /** {@code text} without control characters, at most 80 long, for a message. */
  static String shown(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= 80 ? plain : plain.substring(0, 79) + "…";
  }
}
