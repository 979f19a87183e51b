package dev.percept.bundle;

import dev.percept.core.PerceptException;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A folder of results other than a bundle: written beside its place and moved there whole, so that
 * a kill at any point leaves either the old results or the new ones. Not for several threads.
 */
public final class ResultFolder implements AutoCloseable {
  private final Place place;
  private final Path folder;
  private boolean committed;

  private ResultFolder(Place place, Path folder) {
    this.place = place;
    this.folder = folder;
  }

  /**
   * What such a folder holds. An older one is replaced if it holds nothing else.
   *
   * @param command that writes it, for messages
   * @param marker the file by which it is known
   * @param files names of its files, with forward slashes, the marker among them
   */
  public record Kind(String command, String marker, Pattern files) implements Place.Contents {
    @Override
    public String name() {
      return "result of 'percept " + command + "'";
    }

    @Override
    public String word() {
      return "results";
    }

    @Override
    public boolean holds(Path folder) {
      return Files.isRegularFile(folder.resolve(marker), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Predicate<String> own(Path folder) {
      return name -> files.matcher(name).matches();
    }
  }

  /**
   * Checks that results could be written to {@code dir}: it is absent, empty, or holds older ones
   * and nothing else. Call it before a long computation.
   *
   * @throws PerceptException if not, with what to do
   */
  public static void checkTarget(Path dir, Kind kind) {
    Place.of(dir, kind);
  }

  /**
   * A new empty folder beside {@code dir}; closing it without {@link #commit} removes it.
   *
   * @throws PerceptException if {@code dir} is not fit for results
   */
  public static ResultFolder stage(Path dir, Kind kind) {
    Place place = Place.of(dir, kind);
    return new ResultFolder(place, place.create());
  }

  /** Where it lies now. */
  public Path folder() {
    return folder;
  }

  /** Writes {@code value} as JSON, a record field by field. */
  public void json(String name, Object value) {
    bytes(name, Json.bytes(value));
  }

  /** Writes a file. */
  public void bytes(String name, byte[] bytes) {
    write(
        name,
        file -> {
          Files.createDirectories(file.getParent());
          Files.write(file, bytes);
        });
  }

  /** Writes tensors as safetensors. */
  public void tensors(String name, Map<String, Tensor> tensors) {
    write(name, file -> Safetensors.write(file, tensors));
  }

  private void write(String name, Write write) {
    if (!BundlePaths.isValid(name)) {
      throw new IllegalArgumentException(
          "file: expected a plain relative path, found '" + BundlePaths.shown(name) + "'");
    }
    try {
      write.to(folder.resolve(name));
    } catch (IOException e) {
      throw new PerceptException(
          "cannot write "
              + place.dir()
              + " ("
              + e
              + "): nothing was changed; make room on the disk or choose another folder",
          e);
    }
  }

  /**
   * Moves the folder to its place. Older results there are removed once the new ones stand.
   *
   * @return where it lies
   * @throws PerceptException if the disk does not take it; the older ones then stand as before
   */
  public Path commit() {
    if (committed) {
      throw new IllegalStateException("the results were committed before");
    }
    try {
      place.take(folder);
    } catch (IOException e) {
      throw new PerceptException(
          "cannot move the results to "
              + place.dir()
              + " ("
              + e
              + "): nothing was changed; choose another folder",
          e);
    }
    committed = true;
    return place.dir();
  }

  /** Removes the new folder unless it was committed. */
  @Override
  public void close() {
    if (!committed) {
      Siblings.delete(folder);
    }
  }

  private interface Write {
    void to(Path file) throws IOException;
  }
}
