package dev.percept.image;

import java.io.ByteArrayOutputStream;

/** The chunks of a WebP file. */
final class WebpStructure {
  private static final int HEADER = 12;
  private static final int PROFILE_FLAG = 0x20;

  private WebpStructure() {}

  /**
   * The same file without its colour profile, for the reason given at {@link JpegStructure#of}. A
   * broken structure is kept as it is, for the decoder to judge.
   */
  static byte[] withoutProfile(byte[] file) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    kept.write(file, 0, Math.min(HEADER, file.length));
    int at = HEADER;
    while (at + 8 <= file.length) {
      long length = 8 + (number(file, at + 4) + 1) / 2 * 2;
      int end = (int) Math.min(file.length, at + length);
      if (!is(file, at, "ICCP")) {
        kept.write(file, at, end - at);
      }
      at = end;
    }
    kept.write(file, at, file.length - at);
    byte[] out = kept.toByteArray();
    if (out.length > HEADER + 8 && is(out, HEADER, "VP8X")) {
      out[HEADER + 8] &= (byte) ~PROFILE_FLAG;
    }
    long removed = (long) file.length - out.length;
    long size = removed > 0 ? number(file, 4) - removed : 0;
    for (int i = 0; i < 4 && removed > 0; i++) {
      out[4 + i] = (byte) (size >> (8 * i));
    }
    return out;
  }

  private static long number(byte[] file, int at) {
    long value = 0;
    for (int i = 3; i >= 0; i--) {
      value = value << 8 | (file[at + i] & 0xff);
    }
    return value;
  }

  private static boolean is(byte[] file, int at, String name) {
    for (int i = 0; i < 4; i++) {
      if (file[at + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
