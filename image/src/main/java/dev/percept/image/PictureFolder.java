package dev.percept.image;

import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The pictures in a folder and its sub-folders, by file name; a sub-folder is a class. Sorted by
 * name, character by character, whatever the language of the machine. Hidden files are ignored.
 * Links are followed, but no folder is entered twice.
 *
 * @param name the folder's own name
 * @param pictures what was found, at least one
 */
public record PictureFolder(String name, List<PictureFile> pictures) {
  private static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif", "webp", "tif", "tiff", "heic");

  private static final int MAX_DEPTH = 16;

  public PictureFolder {
    pictures = List.copyOf(pictures);
  }

  /**
   * Finds pictures, without opening them.
   *
   * @param path a folder, or one picture
   * @throws PerceptException if there is nothing there, or no picture
   */
  public static PictureFolder scan(Path path) {
    Path root = path.toAbsolutePath().normalize();
    Path last = root.getFileName();
    String name = last == null ? "" : last.toString();
    if (!Files.exists(root)) {
      throw new PerceptException("no folder or picture " + path);
    }
    if (Files.isRegularFile(root)) {
      return new PictureFolder(name, List.of(new PictureFile(name, root)));
    }
    List<PictureFile> found = new ArrayList<>();
    int[] others = {0};
    walk(root, "", new HashSet<>(), 0, found, others);
    if (found.isEmpty()) {
      throw new PerceptException(
          "no pictures in "
              + path
              + (others[0] == 0
                  ? ": it holds no files"
                  : ": none of its "
                      + others[0]
                      + " files ends in .jpg, .jpeg, .png, .bmp, .gif, .webp or .tif"));
    }
    found.sort(Comparator.comparing(PictureFile::name));
    return new PictureFolder(name, found);
  }

  /** The names of the sub-folders that hold pictures, sorted. */
  public List<String> classes() {
    return pictures.stream().flatMap(p -> p.folder().stream()).distinct().toList();
  }

  /**
   * The pictures in sub-folder {@code folder}, or below it.
   *
   * @throws PerceptException if there is none
   */
  public PictureFolder only(String folder) {
    List<PictureFile> inside =
        pictures.stream().filter(p -> p.folder().filter(folder::equals).isPresent()).toList();
    if (inside.isEmpty()) {
      throw new PerceptException(
          "no sub-folder '" + folder + "' with pictures in " + name + "; there are: " + classes());
    }
    return new PictureFolder(name, inside);
  }

  /** At most {@code max} pictures, drawn at random under the run's seed, in the same order. */
  public PictureFolder sample(int max, Run run) {
    if (max < 1) {
      throw new IllegalArgumentException("max-images: at least 1, found " + max);
    }
    RandomGenerator random = run.random("image.sample");
    List<PictureFile> drawn = new ArrayList<>();
    int wanted = Math.min(max, pictures.size());
    for (int i = 0; i < pictures.size() && drawn.size() < wanted; i++) {
      // Selection sampling (Knuth, algorithm S): each subset is as likely as any other.
      if (random.nextInt(pictures.size() - i) < wanted - drawn.size()) {
        drawn.add(pictures.get(i));
      }
    }
    return new PictureFolder(name, drawn);
  }

  private static void walk(
      Path folder,
      String prefix,
      Set<Path> entered,
      int depth,
      List<PictureFile> found,
      int[] others) {
    List<Path> entries = new ArrayList<>();
    Path real;
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      real = folder.toRealPath();
      stream.forEach(entries::add);
    } catch (IOException e) {
      throw new PerceptException(
          "the folder " + (prefix.isEmpty() ? folder : prefix) + " cannot be read", e);
    }
    if (depth > MAX_DEPTH || !entered.add(real)) {
      return; // a link that leads back, or a second one to the same place
    }
    // Sorted here too, so that of two links to one folder always the same is entered.
    Collections.sort(entries);
    for (Path entry : entries) {
      Path last = entry.getFileName();
      String name = last == null ? "" : last.toString();
      if (name.startsWith(".")) {
        continue;
      }
      if (Files.isDirectory(entry)) {
        walk(entry, prefix + name + "/", entered, depth + 1, found, others);
      } else if (Files.isRegularFile(entry) || !Files.exists(entry)) {
        // A link that leads nowhere is kept, to be named among what could not be read.
        if (ENDINGS.contains(ending(name))) {
          found.add(new PictureFile(prefix + name, entry));
        } else {
          others[0]++;
        }
      }
    }
  }

  private static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
