package dev.percept.bundle;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A bundle that is written but not yet in its place. Not for several threads.
 *
 * @see BundleWriter#stage
 */
public final class StagedBundle implements AutoCloseable {
  private final Place place;
  private final Path folder;
  private boolean committed;

  StagedBundle(Place place, Path folder) {
    this.place = place;
    this.folder = folder;
  }

  /** Where it lies now: the page is written here. */
  public Path folder() {
    return folder;
  }

  /** Reads it back, as the page needs it: what is written is read by the strict reader at once. */
  public LoadedBundle load() {
    return BundleReader.read(folder);
  }

  /**
   * Adds the times and moves the bundle to its place. An older bundle there is removed once the new
   * one stands.
   *
   * @return where it lies
   * @throws PerceptException if the disk does not take it; the older bundle then stands as before
   */
  public Path commit(Timings timings) {
    if (committed) {
      throw new IllegalStateException("the bundle was committed before");
    }
    try {
      Files.write(folder.resolve(BundleFiles.TIMINGS), Json.bytes(timings));
      place.take(folder);
    } catch (IOException e) {
      throw new PerceptException(
          "cannot move the bundle to "
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
}
