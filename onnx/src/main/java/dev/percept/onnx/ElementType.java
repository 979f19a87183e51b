package dev.percept.onnx;

import java.util.Locale;

/** The types of tensor elements that occur in the models that Percept reads, by ONNX number. */
public enum ElementType {
  FLOAT(1, 4),
  UINT8(2, 1),
  INT8(3, 1),
  UINT16(4, 2),
  INT16(5, 2),
  INT32(6, 4),
  INT64(7, 8),
  STRING(8, 0),
  BOOL(9, 1),
  FLOAT16(10, 2),
  DOUBLE(11, 8),
  UINT32(12, 4),
  UINT64(13, 8),
  COMPLEX64(14, 8),
  COMPLEX128(15, 16),
  BFLOAT16(16, 2),
  /** A type of another number, or none. */
  OTHER(0, 0);

  private final int code;
  private final int bytes;

  ElementType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The type with ONNX number {@code code}; {@link #OTHER} where there is none. */
  public static ElementType of(int code) {
    for (ElementType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return OTHER;
  }

  /** The ONNX number. */
  public int code() {
    return code;
  }

  /** The size of an element in a file; 0 where it has no fixed size. */
  public int bytes() {
    return bytes;
  }

  /** Whether values are real numbers in floating point. */
  public boolean isFloating() {
    return this == FLOAT || this == FLOAT16 || this == BFLOAT16 || this == DOUBLE;
  }

  /** For example {@code float32}. */
  @Override
  public String toString() {
    return switch (this) {
      case FLOAT -> "float32";
      case DOUBLE -> "float64";
      case OTHER -> "unknown type";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }
}
