package dev.percept.bundle;

import dev.percept.core.HalfFloat;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How numbers lie in a file of tensors, little-endian; all are read as float32. */
public enum ElementFormat {
  /** Double precision; rounded. */
  F64(8) {
    @Override
    public float read(ByteBuffer bytes, int at) {
      return (float) bytes.getDouble(at);
    }
  },
  /** Single precision. */
  F32(4) {
    @Override
    public float read(ByteBuffer bytes, int at) {
      return bytes.getFloat(at);
    }
  },
  /** IEEE 754 half precision. */
  F16(2) {
    @Override
    public float read(ByteBuffer bytes, int at) {
      return HalfFloat.value(bytes.getShort(at));
    }
  },
  /** The upper half of single precision. */
  BF16(2) {
    @Override
    public float read(ByteBuffer bytes, int at) {
      return Float.intBitsToFloat(bytes.getShort(at) << 16);
    }
  },
  /** Whole numbers of eight bytes; rounded above 2^24. */
  I64(8) {
    @Override
    public float read(ByteBuffer bytes, int at) {
      return bytes.getLong(at);
    }
  },
  /** Whole numbers of four bytes; rounded above 2^24. */
  I32(4) {
    @Override
    public float read(ByteBuffer bytes, int at) {
      return bytes.getInt(at);
    }
  },
  /** Whole numbers of two bytes. */
  I16(2) {
    @Override
    public float read(ByteBuffer bytes, int at) {
      return bytes.getShort(at);
    }
  },
  /** Whole numbers of one byte with a sign. */
  I8(1) {
    @Override
    public float read(ByteBuffer bytes, int at) {
      return bytes.get(at);
    }
  },
  /** Whole numbers of one byte without a sign. */
  U8(1) {
    @Override
    public float read(ByteBuffer bytes, int at) {
      return bytes.get(at) & 0xff;
    }
  },
  /** One byte: 0 or 1. */
  BOOL(1) {
    @Override
    public float read(ByteBuffer bytes, int at) {
      return bytes.get(at) == 0 ? 0 : 1;
    }
  };

  private final int bytes;

  ElementFormat(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }

  /**
   * The number that begins at byte {@code at}.
   *
   * @param bytes in little-endian order; its position does not matter
   */
  public abstract float read(ByteBuffer bytes, int at);

  /** The format of this name, as safetensors files call it; null where there is none. */
  static @Nullable ElementFormat named(String name) {
    for (ElementFormat format : values()) {
      if (format.name().equals(name.toUpperCase(Locale.ROOT))) {
        return format;
      }
    }
    return null;
  }
}
