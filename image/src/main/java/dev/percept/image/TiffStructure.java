package dev.percept.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Set;

/**
 * The first directory of a TIFF file, as far as it decides whether and how the file is read.
 *
 * @param content the same file without its colour profile, for the reason given at {@link
 *     JpegStructure#of}
 * @param orientation as stored
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one call, never compared.
record TiffStructure(byte[] content, Orientation orientation) {
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int STRIPS = 273;
  private static final int ORIENTATION = 274;
  private static final int SAMPLES = 277;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILES = 324;
  private static final int SAMPLE_FORMAT = 339;
  private static final int PROFILE = 34675;

  /** A private tag that nobody knows, next to that of the profile so that tags stay in order. */
  private static final int NOBODYS = 34674;

  private static final int ENTRY = 12;
  private static final int JPEG_OLD = 6;
  private static final int JPEG = 7;
  private static final Set<Integer> INTEGERS = Set.of(1, 4);

  /** Four inks and transparency. */
  private static final int MAX_SAMPLES = 5;

  private static final int MAX_PARTS = 1_000_000;

  /** Files with smaller tiles break the standard, and cost more to read than they hold. */
  private static final int LEAST_TILE = 16;

  /**
   * Looks at a file that begins as a TIFF does.
   *
   * @param maxPixels the most pixels of a tile: a whole one is decoded even for a small picture
   * @throws UnreadablePictureException if it is broken, or nothing that is read here
   */
  static TiffStructure of(byte[] file, long maxPixels) {
    ByteBuffer bytes =
        ByteBuffer.wrap(file)
            .order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = file.length < 8 ? file.length : bytes.getInt(4) & 0xffffffffL;
    if (directory + 2 > file.length) {
      throw new UnreadablePictureException("the TIFF data are broken or cut short");
    }
    int start = (int) directory;
    int entries = bytes.getShort(start) & 0xffff;
    int orientation = 1;
    long tileWidth = LEAST_TILE;
    long tileHeight = LEAST_TILE;
    byte[] content = file;
    for (int i = 0; i < entries && start + 2 + (i + 1) * ENTRY <= file.length; i++) {
      int at = start + 2 + i * ENTRY;
      int tag = bytes.getShort(at) & 0xffff;
      long count = bytes.getInt(at + 4) & 0xffffffffL;
      long value = first(bytes, at, count);
      switch (tag) {
        case ORIENTATION -> orientation = (int) value;
        case TILE_WIDTH -> tileWidth = value;
        case TILE_HEIGHT -> tileHeight = value;
        case STRIPS, TILES -> refuse(count > MAX_PARTS, "has " + count + " parts");
        case SAMPLES -> refuse(value > MAX_SAMPLES, "has " + value + " samples a pixel");
        case BITS -> refuse(value > 16, "has samples of " + value + " bits");
        case SAMPLE_FORMAT ->
            refuse(!INTEGERS.contains((int) value), "has samples that are no whole numbers");
        case COMPRESSION ->
            refuse(value == JPEG || value == JPEG_OLD, "holds a JPEG, which is not looked into");
        case PROFILE -> {
          content = content == file ? file.clone() : content;
          ByteBuffer.wrap(content).order(bytes.order()).putShort(at, (short) NOBODYS);
        }
        default -> {
          // The decoder's business.
        }
      }
    }
    refuse(
        tileWidth < LEAST_TILE || tileHeight < LEAST_TILE || tileWidth * tileHeight > maxPixels,
        String.format(Locale.ROOT, "has tiles of %d x %d pixels", tileWidth, tileHeight));
    return new TiffStructure(content, Orientation.ofExif(orientation));
  }

  /** The first value of an entry: short or long, in the entry or where it points. */
  private static long first(ByteBuffer bytes, int at, long count) {
    int type = bytes.getShort(at + 2) & 0xffff;
    int size = type == 3 ? 2 : type == 4 ? 4 : 1;
    long place = count * size <= 4 ? at + 8 : bytes.getInt(at + 8) & 0xffffffffL;
    if (count == 0 || place + size > bytes.capacity()) {
      return 0;
    }
    int p = (int) place;
    return switch (size) {
      case 2 -> bytes.getShort(p) & 0xffff;
      case 4 -> bytes.getInt(p) & 0xffffffffL;
      default -> bytes.get(p) & 0xff;
    };
  }

  private static void refuse(boolean unfit, String what) {
    if (unfit) {
      throw new UnreadablePictureException(
          "the TIFF " + what + "; save it with 8 or 16 bits a colour, as PNG for example");
    }
  }
}
