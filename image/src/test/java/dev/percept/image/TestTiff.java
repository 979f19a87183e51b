package dev.percept.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A TIFF file put together by hand: the directory first, then one strip without compression. */
final class TestTiff {
  private static final Set<Integer> LONGS = Set.of(256, 257, 273, 278, 279, 322, 323, 324);
  private static final int STRIPS = 273;

  private final ByteOrder order;
  private final TreeMap<Integer, int[]> entries = new TreeMap<>();
  private byte[] pixels = {};
  private byte[] profile = {};

  TestTiff(ByteOrder order, int width, int height, int photometric, int... bits) {
    this.order = order;
    put(256, width);
    put(257, height);
    put(258, bits);
    put(259, 1);
    put(262, photometric);
    put(277, bits.length);
    put(278, height);
  }

  TestTiff put(int tag, int... values) {
    entries.put(tag, values);
    return this;
  }

  TestTiff pixels(int... values) {
    pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return this;
  }

  TestTiff profile(byte[] icc) {
    profile = icc;
    return this;
  }

  byte[] bytes() {
    put(STRIPS, 0);
    put(279, pixels.length);
    int count = entries.size() + (profile.length > 0 ? 1 : 0);
    int end = 8 + 2 + 12 * count + 4;
    int strip = end + profile.length;
    for (Map.Entry<Integer, int[]> entry : entries.entrySet()) {
      int size = size(entry.getKey()) * entry.getValue().length;
      strip += size > 4 ? size : 0;
    }
    put(STRIPS, strip);
    ByteBuffer head = ByteBuffer.allocate(end).order(order);
    byte mark = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
    head.put(mark).put(mark).putShort((short) 42).putInt(8).putShort((short) count);
    ByteArrayOutputStream after = new ByteArrayOutputStream();
    entries.forEach(
        (tag, values) -> {
          head.putShort(tag.shortValue()).putShort((short) (size(tag) == 4 ? 4 : 3));
          head.putInt(values.length);
          ByteBuffer all = ByteBuffer.allocate(Math.max(4, size(tag) * values.length)).order(order);
          for (int v : values) {
            if (size(tag) == 4) {
              all.putInt(v);
            } else {
              all.putShort((short) v);
            }
          }
          if (all.capacity() == 4) {
            head.put(all.array());
          } else {
            head.putInt(end + after.size());
            after.writeBytes(all.array());
          }
        });
    if (profile.length > 0) {
      head.putShort((short) 34675).putShort((short) 7).putInt(profile.length);
      head.putInt(end + after.size());
      after.writeBytes(profile);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(head.array());
    file.writeBytes(after.toByteArray());
    file.writeBytes(pixels);
    return file.toByteArray();
  }

  private static int size(int tag) {
    return LONGS.contains(tag) ? 4 : 2;
  }
}
