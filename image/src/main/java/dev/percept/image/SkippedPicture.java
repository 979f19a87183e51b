package dev.percept.image;

/**
 * A picture that could not be read.
 *
 * @param name its path from the folder that was given
 * @param reason why, in a few words
 */
public record SkippedPicture(String name, String reason) {
  /** For example {@code cat.jpg: the file is empty}. */
  @Override
  public String toString() {
    return name + ": " + reason;
  }
}
