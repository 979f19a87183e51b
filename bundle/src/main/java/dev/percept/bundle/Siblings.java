package dev.percept.bundle;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hidden folders beside a bundle: {@code .NAME.percept-new-PID-COUNT} while one is written,
 * {@code .NAME.percept-old-PID-COUNT} while one is replaced. The process id tells whether their
 * maker still runs.
 */
final class Siblings {
  private static final Logger LOG = LoggerFactory.getLogger(Siblings.class);

  private final Path dir;
  private final Path parent;
  private final String name;

  Siblings(Path dir) {
    Path parent = dir.getParent();
    Path last = dir.getFileName();
    if (parent == null || last == null) {
      throw new PerceptException(
          dir + " is the root of a disk, not a folder for a bundle; choose another with -o");
    }
    this.dir = dir;
    this.parent = parent;
    this.name = last.toString();
  }

  Path parent() {
    return parent;
  }

  Path fresh() {
    return unused("new");
  }

  Path old() {
    return unused("old");
  }

  /**
   * Cleans up after processes that were killed: puts back a bundle that was moved away with nothing
   * in its place, and removes what is left over.
   */
  void recover() {
    for (Path old : dead("old")) {
      if (!Files.exists(dir, LinkOption.NOFOLLOW_LINKS)) {
        try {
          Files.move(old, dir, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
          throw new PerceptException(
              "an earlier run was stopped while it replaced "
                  + dir
                  + ", and its bundle cannot be put back ("
                  + e
                  + "); rename "
                  + old
                  + " to "
                  + dir,
              e);
        }
      } else {
        delete(old);
      }
    }
    dead("new").forEach(Siblings::delete);
  }

  /** A sentence about a bundle that is not there. */
  static String missing(Path folder) {
    Path real = folder.toAbsolutePath().normalize();
    if (real.getParent() != null && !Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
      Optional<Path> old = new Siblings(real).dead("old").stream().findFirst();
      if (old.isPresent()) {
        return "there is no folder "
            + folder
            + ": a run was stopped while it replaced it; rename "
            + old.get()
            + " to "
            + folder;
      }
    }
    return "there is no folder " + folder + "; make a bundle with percept explain";
  }

  /** Removes a folder and what it holds, without following links; a failure leaves the rest. */
  static void delete(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // A leftover is hidden and harmless, and the next run tries again: not worth failing for.
      LOG.warn("could not remove {}", folder, e);
    }
  }

  private Path unused(String kind) {
    for (int i = 0; ; i++) {
      Path path =
          parent.resolve(
              "." + name + ".percept-" + kind + "-" + ProcessHandle.current().pid() + "-" + i);
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return path;
      }
    }
  }

  private List<Path> dead(String kind) {
    Pattern pattern =
        Pattern.compile(Pattern.quote("." + name + ".percept-" + kind + "-") + "(\\d{1,18})-\\d+");
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent)) {
      for (Path path : stream) {
        Matcher matcher = pattern.matcher(path.getFileName().toString());
        if (matcher.matches()
            && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()
            && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          found.add(path);
        }
      }
    } catch (IOException e) {
      // No parent yet, or one that cannot be listed: then there is nothing to clean up.
      return List.of();
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }
}
