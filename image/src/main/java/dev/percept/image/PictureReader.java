package dev.percept.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * Reads JPEG, PNG, BMP, GIF, WebP and TIFF files (of several pictures the first), whatever their
 * names end in. Nothing is decoded before the header says how large the picture is, and nothing is
 * written to disk.
 *
 * @param maxPixels the most pixels (width times height) that a picture may have
 */
public record PictureReader(long maxPixels) {
  /** 100 megapixels: more than today's cameras, and a few hundred megabytes once decoded. */
  public static final long DEFAULT_MAX_PIXELS = 100_000_000;

  /** A file is held in memory while it is decoded. */
  private static final long MAX_FILE_BYTES = 512L << 20;

  /** Each scan costs as much as a whole picture; real encoders write about ten. */
  private static final int MAX_SCANS = 100;

  public PictureReader {
    if (maxPixels < 1) {
      throw new IllegalArgumentException("maxPixels: at least 1, found " + maxPixels);
    }
  }

  /** A reader with the default limit. */
  public PictureReader() {
    this(DEFAULT_MAX_PIXELS);
  }

  /** The bytes of {@code file}, if they are not absurdly many. */
  byte[] bytes(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_FILE_BYTES) {
        throw new UnreadablePictureException(
            "the file has " + (size >> 20) + " MB, more than " + (MAX_FILE_BYTES >> 20));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnreadablePictureException("the file cannot be opened (" + brief(e) + ")", e);
    }
  }

  /**
   * Decodes a picture.
   *
   * @throws UnreadablePictureException if it cannot be read whole
   */
  DecodedPicture decode(byte[] file) {
    String format = format(file);
    byte[] content = file;
    Orientation orientation = Orientation.UPRIGHT;
    if (format.equals("webp")) {
      content = WebpStructure.withoutProfile(file);
      orientation = Orientation.ofWebp(file);
    }
    if (format.equals("tiff")) {
      TiffStructure structure = TiffStructure.of(file, maxPixels);
      content = structure.content();
      orientation = structure.orientation();
    }
    if (format.equals("jpeg")) {
      JpegStructure structure = JpegStructure.of(file);
      if (structure.scans() > MAX_SCANS) {
        throw new UnreadablePictureException(
            "the JPEG has " + structure.scans() + " scans, more than " + MAX_SCANS);
      }
      content = structure.withoutProfile();
      orientation = Orientation.ofJpeg(file);
    }
    return new DecodedPicture(decode(content, format), orientation);
  }

  private BufferedImage decode(byte[] content, String format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    if (!readers.hasNext()) {
      throw new UnreadablePictureException("this Java has no reader for " + format);
    }
    ImageReader reader = readers.next();
    String[] cutShort = {""};
    try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(content)) {
      // Metadata is ignored: compressed text chunks of a PNG can unpack to gigabytes.
      reader.setInput(stream, true, true);
      // libjpeg fills a truncated picture with grey and only warns.
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
              cutShort[0] = warning;
            }
          });
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > maxPixels) {
        throw new UnreadablePictureException(
            String.format(
                Locale.ROOT,
                "it has %d x %d pixels, more than the limit of %,d",
                reader.getWidth(0),
                reader.getHeight(0),
                maxPixels));
      }
      BufferedImage image = reader.read(0);
      if (!cutShort[0].isEmpty()) {
        throw new UnreadablePictureException("the file is cut short");
      }
      return image;
    } catch (OutOfMemoryError e) {
      // One large array was refused; the heap is as good as before.
      throw new UnreadablePictureException(
          "it does not fit into Java's memory (see the option -Xmx)", e);
    } catch (IOException | RuntimeException e) {
      // Decoders answer broken files with exceptions of every kind.
      if (e instanceof UnreadablePictureException u) {
        throw u;
      }
      throw new UnreadablePictureException(
          "the "
              + format.toUpperCase(Locale.ROOT)
              + " data are broken or cut short ("
              + brief(e)
              + ")",
          e);
    } finally {
      reader.dispose();
    }
  }

  private static String format(byte[] file) {
    if (file.length == 0) {
      throw new UnreadablePictureException("the file is empty");
    }
    if (starts(file, 0, 0xff, 0xd8, 0xff)) {
      return "jpeg";
    }
    if (starts(file, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
      return "png";
    }
    if (starts(file, 0, 'B', 'M')) {
      return "bmp";
    }
    if (starts(file, 0, 'G', 'I', 'F', '8')) {
      return "gif";
    }
    if (starts(file, 0, 'R', 'I', 'F', 'F') && starts(file, 8, 'W', 'E', 'B', 'P')) {
      return "webp";
    }
    if (starts(file, 0, 'I', 'I', '*', 0) || starts(file, 0, 'M', 'M', 0, '*')) {
      return "tiff";
    }
    String other = "";
    if (starts(file, 0, 'I', 'I', '+', 0) || starts(file, 0, 'M', 'M', 0, '+')) {
      other = " (it is a BigTIFF)";
    } else if (starts(file, 4, 'f', 't', 'y', 'p')) {
      other = " (it is a HEIC, AVIF or video file)";
    } else if (isText(file)) {
      other = " (it is text)";
    }
    throw new UnreadablePictureException(
        "it is not a JPEG, PNG, BMP, GIF, WebP or TIFF file" + other);
  }

  private static boolean starts(byte[] file, int at, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (at + i >= file.length || (file[at + i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(byte[] file) {
    String start = new String(file, 0, Math.min(file.length, 64), StandardCharsets.US_ASCII);
    return start.chars().allMatch(c -> c == '\t' || c == '\n' || c == '\r' || (c >= 32 && c < 127));
  }

  /** One short line for the user, never a path. */
  private static String brief(Exception e) {
    String name = e.getClass().getSimpleName();
    String message = e.getMessage();
    if (message == null || message.isBlank() || message.contains("/") || message.contains("\\")) {
      return name;
    }
    String line = message.strip().lines().findFirst().orElse(name);
    return line.length() > 100 ? line.substring(0, 100) + "..." : line;
  }
}
