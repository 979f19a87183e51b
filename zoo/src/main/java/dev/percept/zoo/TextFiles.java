package dev.percept.zoo;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes small files so that no half of one is ever seen. */
public final class TextFiles {
  private TextFiles() {}

  /**
   * Writes beside {@code file} and renames; the folder is made if it is missing.
   *
   * @throws PerceptException if it cannot be written
   */
  public static void write(Path file, String text) {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(beside, text);
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new PerceptException(
          "cannot write " + file + " (" + e.getMessage() + "); choose another folder", e);
    }
  }
}
