package dev.percept.bundle;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The folder in which a bundle will lie, and the moves that put it there. */
final class Place {
  /** What may lie in a folder that is replaced. */
  interface Contents {
    /** A folder that 'percept explain' has written. */
    Contents OF_BUNDLE =
        new Contents() {
          @Override
          public String name() {
            return "Percept bundle";
          }

          @Override
          public String word() {
            return "bundle";
          }

          @Override
          public boolean holds(Path folder) {
            return BundleReader.isBundle(folder);
          }

          @Override
          public Predicate<String> own(Path folder) {
            Set<String> own = BundleReader.listed(folder);
            own.addAll(BundleFiles.UNLISTED);
            return own::contains;
          }
        };

    /** For a message: {@code Percept bundle}. */
    String name();

    /** The same in one word. */
    String word();

    /** Whether {@code folder} is of this kind. */
    boolean holds(Path folder);

    /** Which files of it, by their names with forward slashes, are its own. */
    Predicate<String> own(Path folder);
  }

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
    return of(dir, Contents.OF_BUNDLE);
  }

  /** The same for another kind of folder. */
  static Place of(Path dir, Contents contents) {
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
      if (!contents.holds(real)) {
        throw new PerceptException(
            dir
                + " is not empty and no "
                + contents.name()
                + " (it holds '"
                + BundlePaths.shown(files.get(0))
                + "'); choose another folder with -o, or empty it first");
      }
      Predicate<String> own = contents.own(real);
      for (String file : files) {
        if (!own.test(file)) {
          throw new PerceptException(
              dir
                  + " holds '"
                  + BundlePaths.shown(file)
                  + "', which is not part of the "
                  + contents.word()
                  + " and would be lost; move it elsewhere, or"
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
