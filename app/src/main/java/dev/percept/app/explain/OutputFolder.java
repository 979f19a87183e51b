package dev.percept.app.explain;

import dev.percept.bundle.AtomicFile;
import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that results are written to, beside whatever else lies there. */
public final class OutputFolder {
  private final Path folder;

  private OutputFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes sure before a long computation that results can be written.
   *
   * @throws PerceptException if not, with what to do
   */
  public static OutputFolder of(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new PerceptException(
          folder + " is a file, not a folder; choose another folder with -o");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new PerceptException(
          "cannot make the folder " + folder + " (" + e + "); choose another with -o", e);
    }
    if (!Files.isWritable(folder)) {
      throw new PerceptException(
          "you may not write to " + folder + "; choose another folder with -o");
    }
    return new OutputFolder(folder);
  }

  /** The path of a file in it. */
  public Path resolve(String name) {
    return folder.resolve(name);
  }

  /**
   * Writes a file, in a sub-folder where its name says so: beside its place first, then renamed.
   */
  public Path write(String name, byte[] bytes) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFile.write(file, bytes);
    } catch (IOException e) {
      throw new PerceptException(
          "cannot write "
              + file
              + " ("
              + e
              + "); make room on the disk or choose a place where you may write",
          e);
    }
    return file;
  }
}
