package dev.percept.image;

import dev.percept.core.Box;
import java.awt.image.BufferedImage;

/** What a model sees of a picture: 8-bit RGB at the size of its input. Immutable. */
final class View {
  private final int width;
  private final int height;
  private final byte[] rgb;

  private View(int width, int height, byte[] rgb) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /** A view of interleaved values from 0 to 255, rounded to the nearest integer. */
  static View rounded(int width, int height, float[] values) {
    byte[] rgb = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      rgb[i] = (byte) Math.max(0, Math.min(255, (int) (values[i] + 0.5f)));
    }
    return new View(width, height, rgb);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The value, 0 to 255, of channel 0 (red) to 2 (blue). */
  int value(int x, int y, int channel) {
    return rgb[3 * (y * width + x) + channel] & 0xff;
  }

  /** Writes the part of row {@code y} that lies in columns {@code x ... x + count - 1}. */
  void row(int y, int x, int count, float[] target) {
    int at = 3 * (y * width + x);
    for (int i = 0; i < 3 * count; i++) {
      target[i] = rgb[at + i] & 0xff;
    }
  }

  /** The pixels of {@code box} as a new picture. */
  BufferedImage image(Box box) {
    BufferedImage image = new BufferedImage(box.width(), box.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < box.height(); y++) {
      for (int x = 0; x < box.width(); x++) {
        int sx = box.x() + x;
        int sy = box.y() + y;
        image.setRGB(x, y, value(sx, sy, 0) << 16 | value(sx, sy, 1) << 8 | value(sx, sy, 2));
      }
    }
    return image;
  }
}
