package dev.percept.zoo;

import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;

/** Pictures for the demonstration: scenes that nothing was trained or tuned on. */
public final class DemoPictures {
  /** How many of each species the demonstration shows. */
  public static final int PER_SPECIES = 40;

  private DemoPictures() {}

  /** The scenes: {@code perSpecies} of each, species by species. */
  public static List<Scene> scenes(int perSpecies) {
    List<Scene> scenes = new ArrayList<>();
    for (Species species : Species.values()) {
      scenes.addAll(Creatures.scenes(Split.DEMO, species, 0, perSpecies));
    }
    return List.copyOf(scenes);
  }

  /**
   * Writes them as PNG files, one sub-folder a species.
   *
   * @return the files, species by species
   * @throws PerceptException if the folder cannot be written to
   */
  public static List<Path> write(Path folder, int perSpecies, Run run) {
    return write(folder, perSpecies, Scene::draw, run);
  }

  /**
   * Writes where the creature is in each of them, white on black, under the same names.
   *
   * @return the files, species by species
   * @throws PerceptException if the folder cannot be written to
   */
  public static List<Path> writeMasks(Path folder, int perSpecies, Run run) {
    return write(folder, perSpecies, scene -> picture(scene.creature()), run);
  }

  private static BufferedImage picture(Mask mask) {
    BufferedImage image =
        new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        image.setRGB(x, y, mask.get(x, y) ? 0xffffff : 0);
      }
    }
    return image;
  }

  private static List<Path> write(
      Path folder, int perSpecies, Function<Scene, BufferedImage> draw, Run run) {
    List<Scene> scenes = scenes(perSpecies);
    List<Path> files = new ArrayList<>();
    try {
      for (Scene scene : scenes) {
        Path home = folder.resolve(scene.species().label());
        Files.createDirectories(home);
        files.add(home.resolve(scene.name() + ".png"));
      }
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    run.parallel(
        scenes.size(),
        i -> {
          try {
            if (!ImageIO.write(draw.apply(scenes.get(i)), "png", files.get(i).toFile())) {
              throw new IllegalStateException("every JDK writes PNG");
            }
          } catch (IOException e) {
            throw unwritable(folder, e);
          }
        });
    return List.copyOf(files);
  }

  private static PerceptException unwritable(Path folder, IOException e) {
    return new PerceptException(
        "cannot write pictures to "
            + folder
            + " ("
            + e.getMessage()
            + "); choose a folder that can be written to",
        e);
  }
}
