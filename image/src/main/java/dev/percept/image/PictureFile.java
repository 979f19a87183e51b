package dev.percept.image;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A picture that has been found, not yet read.
 *
 * @param name its path from the folder that was given, with forward slashes
 * @param path where it lies
 */
public record PictureFile(String name, Path path) {
  /** The sub-folder that holds it (the outermost, where they are nested). */
  public Optional<String> folder() {
    int slash = name.indexOf('/');
    return slash < 0 ? Optional.empty() : Optional.of(name.substring(0, slash));
  }
}
