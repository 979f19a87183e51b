package dev.percept.image;

import java.io.ByteArrayOutputStream;

/**
 * What a JPEG file is made of, found without decoding it.
 *
 * @param scans how many scans it has; a progressive file has about ten
 * @param withoutProfile the same file without its embedded colour profile
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one call, never compared
record JpegStructure(int scans, byte[] withoutProfile) {
  private static final byte[] PROFILE = {'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0};

  /**
   * Walks the segments of {@code file}. The usual Python pipelines decode the stored values and
   * ignore a colour profile; a decoder that honours it would show the model other colours, so the
   * profile is left out. A broken structure is kept as it is, for the decoder to judge.
   */
  static JpegStructure of(byte[] file) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    int scans = 0;
    int at = 2;
    kept.write(file, 0, Math.min(2, file.length));
    while (at + 4 <= file.length && (file[at] & 0xff) == 0xff) {
      int marker = file[at + 1] & 0xff;
      if (marker == 0xff) { // a fill byte
        at++;
        continue;
      }
      if (marker == 0xd9) { // end of image: what follows belongs to other programs
        break;
      }
      int length = (file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff);
      int end = Math.min(at + 2 + Math.max(length, 2), file.length);
      if (marker == 0xda) {
        scans++;
        end = endOfScan(file, end);
      }
      if (!(marker == 0xe2 && startsWith(file, at + 4, PROFILE))) {
        kept.write(file, at, end - at);
      }
      at = end;
    }
    kept.write(file, at, file.length - at);
    return new JpegStructure(scans, kept.toByteArray());
  }

  /** The first marker after {@code from} that is neither a stuffed byte nor a restart. */
  private static int endOfScan(byte[] file, int from) {
    for (int i = from; i + 1 < file.length; i++) {
      if (file[i] == (byte) 0xff) {
        int next = file[i + 1] & 0xff;
        if (next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
          return i;
        }
      }
    }
    return file.length;
  }

  private static boolean startsWith(byte[] file, int at, byte[] prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (at + i >= file.length || file[at + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
