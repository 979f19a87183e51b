package dev.percept.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The size of an axis in a batch of n inputs of t tokens: {@code perInput * n + fixed + perToken *
 * t + perBoth * n * t}. Only models of texts of any length have tokens to count.
 *
 * @param perInput what every input of the batch adds
 * @param fixed what is there whatever the batch
 * @param perToken what every token of a text adds
 * @param perBoth what every token of every text adds
 */
public record Dim(long perInput, long fixed, long perToken, long perBoth) {
  /** The batch axis. */
  public static final Dim BATCH = new Dim(1, 0);

  /** The axis of the tokens. */
  public static final Dim TOKENS = new Dim(0, 0, 1, 0);

  /** An axis that no token adds to. */
  public Dim(long perInput, long fixed) {
    this(perInput, fixed, 0, 0);
  }

  /** An axis of a fixed size. */
  public static Dim of(long size) {
    return new Dim(0, size);
  }

  /** Whether the size depends neither on the batch nor on the length of the texts. */
  public boolean isFixed() {
    return perInput == 0 && !countsTokens();
  }

  /** Whether the size depends on the length of the texts. */
  public boolean countsTokens() {
    return perToken != 0 || perBoth != 0;
  }

  /** The size in a batch of {@code n}, for an axis that counts no tokens. */
  public long at(long n) {
    return at(n, 0);
  }

  /** The size in a batch of {@code n} texts of {@code tokens} tokens. */
  public long at(long n, long tokens) {
    return perInput * n + fixed + perToken * tokens + perBoth * n * tokens;
  }

  /** {@code N}, {@code 4N}, {@code 7}, {@code N+1}, {@code T} or {@code NT}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text, perBoth, "NT");
    append(text, perInput, "N");
    append(text, perToken, "T");
    if (fixed != 0 || text.isEmpty()) {
      append(text, fixed, "");
    }
    return text.isEmpty() ? "0" : text.toString();
  }

  private static void append(StringBuilder text, long factor, String of) {
    if (factor != 0) {
      text.append(factor > 0 && !text.isEmpty() ? "+" : "");
      text.append(factor == 1 && !of.isEmpty() ? "" : Long.toString(factor)).append(of);
    }
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
