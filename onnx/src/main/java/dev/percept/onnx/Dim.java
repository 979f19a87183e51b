package dev.percept.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The size of an axis in a batch of n inputs: {@code perInput * n + fixed}.
 *
 * @param perInput what every input of the batch adds
 * @param fixed what is there whatever the batch
 */
public record Dim(long perInput, long fixed) {
  /** The batch axis. */
  public static final Dim BATCH = new Dim(1, 0);

  /** An axis of a fixed size. */
  public static Dim of(long size) {
    return new Dim(0, size);
  }

  /** Whether the size does not depend on the batch. */
  public boolean isFixed() {
    return perInput == 0;
  }

  /** The size in a batch of {@code n}. */
  public long at(long n) {
    return perInput * n + fixed;
  }

  /** {@code N}, {@code 4N}, {@code 7} or {@code N+1}. */
  @Override
  public String toString() {
    if (perInput == 0) {
      return Long.toString(fixed);
    }
    String n = (perInput == 1 ? "" : Long.toString(perInput)) + "N";
    return fixed == 0 ? n : n + (fixed > 0 ? "+" : "") + fixed;
  }

  /** All axes of a tensor: {@code N x 64 x 56 x 56}; {@code unknown} where they are not known. */
  public static String words(@Nullable List<Dim> dims) {
    if (dims == null) {
      return "unknown";
    }
    return dims.isEmpty()
        ? "scalar"
        : String.join(" x ", dims.stream().map(Dim::toString).toList());
  }
}
