package dev.percept.image;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.webp.WebpMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * How a stored picture must be turned to stand upright: EXIF tag 0x0112, values 1 to 8.
 *
 * @param transposed whether rows and columns change places, before the flips
 * @param flipX whether left and right change places
 * @param flipY whether top and bottom change places
 */
record Orientation(boolean transposed, boolean flipX, boolean flipY) {
  static final Orientation UPRIGHT = new Orientation(false, false, false);

  /** The orientation of EXIF value {@code code}; anything but 2 to 8 is upright. */
  static Orientation ofExif(int code) {
    return switch (code) {
      case 2 -> new Orientation(false, true, false);
      case 3 -> new Orientation(false, true, true);
      case 4 -> new Orientation(false, false, true);
      case 5 -> new Orientation(true, false, false);
      case 6 -> new Orientation(true, true, false);
      case 7 -> new Orientation(true, true, true);
      case 8 -> new Orientation(true, false, true);
      default -> UPRIGHT;
    };
  }

  private interface Reader {
    Metadata read(InputStream file) throws IOException, ImageProcessingException;
  }

  /** The orientation that a JPEG file carries; upright where it carries none, or a broken one. */
  static Orientation ofJpeg(byte[] file) {
    return of(file, in -> JpegMetadataReader.readMetadata(in, List.of(new ExifReader())));
  }

  /** The orientation that a WebP file carries. */
  static Orientation ofWebp(byte[] file) {
    return of(file, WebpMetadataReader::readMetadata);
  }

  private static Orientation of(byte[] file, Reader reader) {
    try {
      ExifIFD0Directory exif =
          reader
              .read(new ByteArrayInputStream(file))
              .getFirstDirectoryOfType(ExifIFD0Directory.class);
      Integer code = exif == null ? null : exif.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
      return code == null ? UPRIGHT : ofExif(code);
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      // Metadata that nobody can read says nothing about the picture, which may be sound.
      return UPRIGHT;
    }
  }

  /** Turns an interleaved 3-channel plane of {@code width} x {@code height}; may return it. */
  float[] apply(float[] rgb, int width, int height) {
    if (equals(UPRIGHT)) {
      return rgb;
    }
    int outWidth = transposed ? height : width;
    int outHeight = transposed ? width : height;
    float[] out = new float[rgb.length];
    for (int y = 0; y < outHeight; y++) {
      for (int x = 0; x < outWidth; x++) {
        int fx = flipX ? outWidth - 1 - x : x;
        int fy = flipY ? outHeight - 1 - y : y;
        int from = 3 * (transposed ? fx * width + fy : fy * width + fx);
        System.arraycopy(rgb, from, out, 3 * (y * outWidth + x), 3);
      }
    }
    return out;
  }
}
