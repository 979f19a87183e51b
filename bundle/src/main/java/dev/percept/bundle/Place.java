package dev.percept.bundle;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The folder in which a bundle will lie, and the moves that put it there. */
final class Place {
  private final Path dir;
  private final Siblings siblings;

  private Place(Path dir) {
    this.dir = dir;
    this.siblings = new Siblings(dir);
  }

  /**
   * The place {@code dir}, links resolved; a replacement that was killed half-way is undone first.
   *
   * @throws PerceptException if something else lies there
   */
  static Place of(Path dir) {
    Path real = real(dir);
    Place place = new Place(real);
    place.siblings.recover();
    requireWritable(real);
    if (!Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
      return place;
    }
    if (!Files.isDirectory(real)) {
      throw new PerceptException(dir + " is a file, not a folder; choose another folder with -o");
    }
    try (Stream<Path> walk = Files.walk(real)) {
      List<String> files =
          walk.filter(p -> !Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))
              .map(p -> real.relativize(p).toString().replace('\\', '/'))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        return place;
      }
      if (!BundleReader.isBundle(real)) {
        throw new PerceptException(
            dir
                + " is not empty and no Percept bundle (it holds '"
                + BundlePaths.shown(files.get(0))
                + "'); choose another folder with -o, or empty it first");
      }
      Set<String> own = BundleReader.listed(real);
      own.addAll(BundleFiles.UNLISTED);
      for (String file : files) {
        if (!own.contains(file)) {
          throw new PerceptException(
              dir
                  + " holds '"
                  + BundlePaths.shown(file)
                  + "', which is not part of the bundle and would be lost; move it elsewhere, or"
                  + " choose another folder with -o");
        }
      }
      return place;
    } catch (IOException e) {
      throw new PerceptException("cannot look into " + dir + " (" + e + "); choose another", e);
    }
  }

  /** A bundle is made beside its place: better to know now than after a long computation. */
  private static void requireWritable(Path real) {
    Path up = real.getParent();
    while (up != null && !Files.exists(up)) {
      up = up.getParent();
    }
    if (up != null && !Files.isDirectory(up)) {
      throw new PerceptException(
          up + " is a file, so there can be no folder below it; choose another folder with -o");
    }
    if (up != null && !Files.isWritable(up)) {
      throw new PerceptException(
          "you may not write to "
              + up
              + ", and a bundle is made there and moved when it is whole; choose another folder"
              + " with -o");
    }
  }

  /** Where the bundle will lie. */
  Path dir() {
    return dir;
  }

  /** A new empty folder beside it. */
  Path create() {
    try {
      Path parent = siblings.parent();
      Files.createDirectories(parent);
      Path folder = siblings.fresh();
      Files.createDirectory(folder);
      return folder;
    } catch (IOException e) {
      throw new PerceptException(
          "cannot make a folder beside "
              + dir
              + " ("
              + e
              + "): a bundle is written there and moved when it is whole; choose a place where you"
              + " may write",
          e);
    }
  }

  /** Moves {@code folder} to the place; what lay there is removed afterwards. */
  void take(Path folder) throws IOException {
    if (!Files.exists(dir, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(folder, dir, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Path old = siblings.old();
    Files.move(dir, old, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(folder, dir, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(old, dir, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    Siblings.delete(old);
  }

  private static Path real(Path dir) {
    try {
      return Files.exists(dir) ? dir.toRealPath() : dir.toAbsolutePath().normalize();
    } catch (IOException e) {
      throw new PerceptException("cannot look at " + dir + " (" + e + "); choose another", e);
    }
  }
}
