package dev.percept.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Pictures drawn by code: a sky and a field with things in it, one kind of thing a concept. */
final class Scenes {
  private static final Color[] HUES = {
    new Color(0xc2, 0x3b, 0x2e), new Color(0xf2, 0xb5, 0x1d), new Color(0x2f, 0x6f, 0xb5),
    new Color(0x2f, 0x8f, 0x5b), new Color(0x5c, 0x2a, 0x86), new Color(0xf4, 0xf1, 0xe6),
    new Color(0x1d, 0x22, 0x2b), new Color(0xe8, 0x76, 0x2c)
  };

  private Scenes() {}

  /** A thing in a picture: which, where (shares of the side), how large, how strong. */
  record Thing(int kind, double x, double y, double size, double strength) {}

  static BufferedImage draw(int side, long seed, List<Thing> things) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    Color top =
        Color.getHSBColor(.55f + .06f * random.nextFloat(), .5f, .6f + .3f * random.nextFloat());
    g.setPaint(new GradientPaint(0, 0, top, 0, side, new Color(0xdd, 0xe6, 0xea)));
    g.fillRect(0, 0, side, side);
    int ground = (int) (side * (.78 + .1 * random.nextDouble()));
    g.setPaint(
        new GradientPaint(
            0, ground, new Color(0x6f, 0x84, 0x47), 0, side, new Color(0x43, 0x58, 0x2c)));
    g.fillRect(0, ground, side, side);
    for (int i = 0; i < 60; i++) {
      g.setColor(new Color(.2f, .3f + .15f * random.nextFloat(), .15f, .7f));
      int d = (int) (side * (.02 + .05 * random.nextDouble()));
      g.fillOval(random.nextInt(side), ground - d / 2, d, d);
    }
    for (Thing thing : things) {
      if (thing.strength() > .08) {
        draw(g, side, thing);
      }
    }
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int noise = random.nextInt(15) - 7;
        Color c = new Color(image.getRGB(x, y));
        image.setRGB(
            x,
            y,
            new Color(
                    clamp(c.getRed() + noise),
                    clamp(c.getGreen() + noise),
                    clamp(c.getBlue() + noise))
                .getRGB());
      }
    }
    g.dispose();
    return image;
  }

  private static int clamp(int v) {
    return Math.max(0, Math.min(255, v));
  }

  private static void draw(Graphics2D g, int side, Thing thing) {
    AffineTransform before = g.getTransform();
    double r = side * thing.size() * (.55 + .45 * thing.strength());
    g.translate(thing.x() * side, thing.y() * side);
    g.scale(r, r);
    Color a = HUES[thing.kind() % HUES.length];
    Color b = HUES[(thing.kind() + 5) % HUES.length];
    switch (thing.kind() % 6) {
      case 0 -> fan(g, a, b);
      case 1 -> {
        g.setColor(a);
        g.fill(new Ellipse2D.Double(-.7, -.7, 1.4, 1.4));
        g.setColor(b);
        g.fill(new Ellipse2D.Double(-.35, -.35, .7, .7));
      }
      case 2 -> {
        g.setColor(a);
        g.fill(polygon(0, -1, .7, 0, 0, 1, -.7, 0));
        g.setColor(b);
        g.fill(polygon(0, -1, .7, 0, 0, 0));
      }
      case 3 -> {
        for (int i = 0; i < 5; i++) {
          g.setColor(i % 2 == 0 ? a : b);
          g.fill(new Ellipse2D.Double(-1 + .4 * i, -.3 + .1 * (i % 2), .5, .5));
        }
      }
      case 4 -> {
        g.setColor(a);
        g.setStroke(new BasicStroke(.06f));
        for (int i = -4; i <= 4; i++) {
          g.draw(polygon(i * .22, -1, i * .04, 1));
        }
      }
      default -> {
        g.setColor(a);
        g.fill(new Ellipse2D.Double(-.25, -.9, .5, .5));
        g.fill(polygon(-.2, -.4, .2, -.4, .35, 1, -.35, 1));
      }
    }
    g.setTransform(before);
  }

  private static void fan(Graphics2D g, Color a, Color b) {
    for (int i = 0; i < 8; i++) {
      g.setColor(i % 2 == 0 ? a : b);
      double from = -1 + .25 * i;
      Path2D path = new Path2D.Double();
      path.moveTo(0, -.9);
      path.quadTo(from, -.8, from, .2);
      path.quadTo(from + .125, .05, from + .25, .2);
      path.quadTo(from + .25, -.8, 0, -.9);
      g.fill(path);
    }
  }

  private static Path2D polygon(double... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
    return path;
  }

  static byte[] jpeg(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(.85f);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
