package dev.percept.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * The rows of a decoded picture as red, green and blue from 0 to 255, without a converted copy of
 * the whole. The stored samples count, as in PIL: no colour profile is applied (Java's own
 * conversion would lighten grey pictures). 16-bit samples are divided by 257. What is transparent
 * is laid over white, as viewers show it; PIL's {@code convert("RGB")} drops the alpha channel
 * instead and uncovers whatever colour happens to lie below.
 */
final class RgbRows {
  private final BufferedImage image;
  private final Raster raster;
  private final int bands;
  private final float[] scale;
  private final boolean alpha;
  private final boolean premultiplied;
  private final int[] palette;
  private final int[] samples;
  private final byte[] bytes;
  private final int[] offsets;
  private final int pixelStride;
  private final int scanlineStride;
  private final boolean asStored;

  RgbRows(BufferedImage image) {
    this.image = image;
    this.raster = image.getRaster();
    this.bands = raster.getNumBands();
    ColorModel colors = image.getColorModel();
    this.alpha = colors.hasAlpha();
    this.premultiplied = alpha && colors.isAlphaPremultiplied();
    this.palette = palette(colors);
    this.scale = new float[bands];
    for (int b = 0; b < bands; b++) {
      scale[b] = 255f / (float) ((1L << raster.getSampleModel().getSampleSize(b)) - 1);
    }
    this.samples = new int[bands * image.getWidth()];
    int type = colors.getColorSpace().getType();
    int colours = bands - (alpha ? 1 : 0);
    this.asStored =
        palette.length > 0
            || (type == ColorSpace.TYPE_GRAY && colours == 1)
            || (type == ColorSpace.TYPE_RGB && colours == 3);
    boolean interleaved =
        palette.length == 0
            && !alpha
            && raster.getSampleModel() instanceof PixelInterleavedSampleModel
            && raster.getDataBuffer() instanceof DataBufferByte
            && raster.getSampleModelTranslateX() == 0
            && raster.getSampleModelTranslateY() == 0;
    if (interleaved) {
      PixelInterleavedSampleModel model = (PixelInterleavedSampleModel) raster.getSampleModel();
      this.bytes = ((DataBufferByte) raster.getDataBuffer()).getData();
      this.offsets = model.getBandOffsets();
      this.pixelStride = model.getPixelStride();
      this.scanlineStride = model.getScanlineStride();
    } else {
      this.bytes = new byte[0];
      this.offsets = new int[0];
      this.pixelStride = 0;
      this.scanlineStride = 0;
    }
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  /** Writes row {@code y} to {@code target}: red, green, blue of each pixel in turn. */
  void read(int y, float[] target) {
    if (!asStored) {
      readConverted(y, target);
    } else if (bytes.length > 0) {
      readBytes(y, target);
    } else {
      readSamples(y, target);
    }
  }

  private void readBytes(int y, float[] target) {
    int red = offsets[0];
    int green = offsets[bands >= 3 ? 1 : 0];
    int blue = offsets[bands >= 3 ? 2 : 0];
    int at = y * scanlineStride;
    int end = 3 * width();
    for (int i = 0; i < end; i += 3, at += pixelStride) {
      target[i] = bytes[at + red] & 0xff;
      target[i + 1] = bytes[at + green] & 0xff;
      target[i + 2] = bytes[at + blue] & 0xff;
    }
  }

  private void readSamples(int y, float[] target) {
    raster.getPixels(raster.getMinX(), raster.getMinY() + y, width(), 1, samples);
    for (int x = 0; x < width(); x++) {
      if (palette.length > 0) {
        argb(palette[Math.min(samples[x], palette.length - 1)], target, 3 * x);
        continue;
      }
      int at = x * bands;
      int step = bands >= 3 ? 1 : 0;
      float opaque = alpha ? samples[at + bands - 1] * scale[bands - 1] / 255f : 1f;
      for (int c = 0; c < 3; c++) {
        float value = samples[at + c * step] * scale[c * step];
        target[3 * x + c] =
            premultiplied
                ? Math.min(255f, value + 255f * (1 - opaque))
                : alpha ? overWhite(value, opaque) : value;
      }
    }
  }

  /** Colour spaces that are neither grey nor RGB: Java's conversion is the best there is. */
  private void readConverted(int y, float[] target) {
    for (int x = 0; x < width(); x++) {
      argb(image.getRGB(x, y), target, 3 * x);
    }
  }

  private static void argb(int argb, float[] target, int at) {
    float opaque = (argb >>> 24) / 255f;
    for (int c = 0; c < 3; c++) {
      target[at + c] = overWhite((argb >> (16 - 8 * c)) & 0xff, opaque);
    }
  }

  private static float overWhite(float value, float opaque) {
    return opaque == 1f ? value : 255f + (value - 255f) * opaque;
  }

  private static int[] palette(ColorModel colors) {
    if (!(colors instanceof IndexColorModel index)) {
      return new int[0];
    }
    int[] palette = new int[index.getMapSize()];
    index.getRGBs(palette);
    return palette;
  }
}
