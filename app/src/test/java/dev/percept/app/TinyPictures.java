package dev.percept.app;

import dev.percept.core.Run;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/** Apples, skies and suns of 32 x 32 pixels: what {@link TinyModels} can tell apart by colour. */
final class TinyPictures {
  static final List<String> LABELS = List.of("apple", "sky", "sun");

  private TinyPictures() {}

  /** Writes {@code each} pictures of each class, one sub-folder a class. */
  static Path write(Path folder, int each) {
    for (int c = 0; c < LABELS.size(); c++) {
      String label = LABELS.get(c);
      for (int i = 0; i < each; i++) {
        save(draw(c, Run.of(i).random(label)), folder.resolve(label + "/" + label + i + ".png"));
      }
    }
    return folder;
  }

  /** Writes the names of the classes. */
  static Path labels(Path file) {
    return text(file, String.join("\n", LABELS) + "\n");
  }

  static Path text(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage draw(int c, RandomGenerator random) {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    int x = random.nextInt(12);
    int y = random.nextInt(12);
    int size = 13 + random.nextInt(6);
    g.setColor(c == 1 ? new Color(50, 90, 220) : new Color(90, 80, 75 + random.nextInt(20)));
    g.fillRect(0, 0, 32, 32);
    switch (c) {
      case 0 -> {
        g.setColor(new Color(210, 30, 25));
        g.fillOval(x, y + 4, size, size);
        g.setColor(new Color(30, 160, 40));
        g.fillRect(x + size / 2, y, 6, 5);
      }
      case 1 -> {
        g.setColor(Color.WHITE);
        g.fillOval(x, y, size, 8);
        g.fillOval(x + 8, y + 12, 9, 5);
      }
      default -> {
        g.setColor(new Color(250, 215, 30));
        g.fillOval(x, y, size, size);
        g.setColor(new Color(30, 30, 35));
        g.fillRect(0, 28, 32, 4);
      }
    }
    g.dispose();
    return image;
  }

  private static void save(BufferedImage image, Path file) {
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
