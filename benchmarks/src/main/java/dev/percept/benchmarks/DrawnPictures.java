package dev.percept.benchmarks;

import dev.percept.core.Run;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/** Draws pictures that cost what photographs cost: large shapes, edges, grain; as JPEG files. */
final class DrawnPictures {
  private static final int SHAPES = 25;
  private static final double GRAIN = 9;

  private DrawnPictures() {}

  /** Writes {@code count} square pictures; the same seed gives the same ones. */
  static void write(Path folder, int count, int side, long seed) throws IOException {
    Files.createDirectories(folder);
    RandomGenerator random = Run.of(seed).random("benchmarks.pictures");
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve(String.format("picture-%04d.jpg", i));
      if (!ImageIO.write(draw(side, random), "jpg", file.toFile())) {
        throw new IOException("this Java cannot write JPEG");
      }
    }
  }

  private static BufferedImage draw(int side, RandomGenerator random) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setPaint(new GradientPaint(0, 0, color(random), side / 3f, side, color(random)));
    g.fillRect(0, 0, side, side);
    for (int i = 0; i < SHAPES; i++) {
      int size = 8 + random.nextInt(side / 2);
      int x = random.nextInt(side) - size / 2;
      int y = random.nextInt(side) - size / 2;
      g.setPaint(
          new GradientPaint(x, y, color(random), x + size, y + size / 2f, color(random), true));
      if (random.nextBoolean()) {
        g.fillOval(x, y, size, 4 + random.nextInt(size));
      } else {
        g.fillRect(x, y, size, 2 + random.nextInt(size));
      }
    }
    g.dispose();
    grain(image, random);
    return image;
  }

  private static void grain(BufferedImage image, RandomGenerator random) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        int noise = (int) Math.round(GRAIN * random.nextGaussian());
        int noisy = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
          int value = ((rgb >> shift) & 0xff) + noise;
          noisy |= Math.max(0, Math.min(255, value)) << shift;
        }
        image.setRGB(x, y, noisy);
      }
    }
  }

  private static Color color(RandomGenerator random) {
    return new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256));
  }
}
