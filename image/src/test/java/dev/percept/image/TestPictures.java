package dev.percept.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures that tests write. */
final class TestPictures {
  private TestPictures() {}

  /** Seeded noise. */
  static BufferedImage noise(int width, int height, RandomGenerator random) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return image;
  }

  /** Four quadrants of one colour each: upper left, upper right, lower left, lower right. */
  static BufferedImage quadrants(int width, int height, int... colours) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colours[(y * 2 / height) * 2 + x * 2 / width]);
      }
    }
    return image;
  }

  static BufferedImage plain(int width, int height, int colour) {
    return quadrants(width, height, colour, colour, colour, colour);
  }

  static byte[] encode(BufferedImage image, String format) {
    try {
      if (format.equals("jpeg")) {
        return jpeg(image, false);
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (!ImageIO.write(image, format, new MemoryCacheImageOutputStream(out))) {
        throw new IllegalArgumentException("no writer for " + format);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JPEG at the highest quality. */
  static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionQuality(1f);
    if (progressive) {
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A JPEG with one more segment right after its first marker. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(0xff);
    out.write(marker);
    out.write((payload.length + 2) >> 8);
    out.write((payload.length + 2) & 0xff);
    out.writeBytes(payload);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  /** The payload of an APP1 segment that holds nothing but an orientation; big-endian TIFF. */
  static byte[] exif(int orientation) {
    return new byte[] {
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8, // header, first directory at 8
      0,
      1, // one entry
      0x01,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0, // tag 0x0112, short, 1 value
      0,
      0,
      0,
      0 // no further directory
    };
  }

  static Path write(Path folder, String name, byte[] content) {
    try {
      Path file = folder.resolve(name);
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path png(Path folder, String name, BufferedImage image) {
    return write(folder, name, encode(image, "png"));
  }

  /** The view of a file at {@code width} x {@code height}, squashed. */
  static View view(byte[] file, int width, int height) {
    return new Geometry(width, height, ResizeMode.SQUASH, true)
        .apply(new PictureReader().decode(file));
  }

  static int rgb(View view, int x, int y) {
    return view.value(x, y, 0) << 16 | view.value(x, y, 1) << 8 | view.value(x, y, 2);
  }
}
