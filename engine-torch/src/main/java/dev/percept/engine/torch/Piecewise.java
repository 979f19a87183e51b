package dev.percept.engine.torch;

import dev.percept.core.Pullback;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.function.UnaryOperator;

/**
 * Sends a large batch through a function piece by piece.
 *
 * @param each the shape of one input
 * @param out the shape of one output
 * @param batch the size of a piece
 * @param fixed the only size that the function takes, to which the last piece is filled up; 0 for
 *     any
 */
public record Piecewise(Shape each, Shape out, int batch, int fixed) {
  public Piecewise {
    if (batch < 1 || fixed < 0) {
      throw new IllegalArgumentException(
          "pieces: at least 1 input each and no negative fixed size, found "
              + batch
              + " and "
              + fixed);
    }
  }

  /** What computes the values and gradients of one piece. */
  @FunctionalInterface
  public interface Pull {
    /** Values of {@code piece}, and gradients for the cotangent that is asked for once. */
    Pullback pull(Tensor piece, UnaryOperator<Tensor> cotangent);
  }

  /**
   * The values.
   *
   * @param values n inputs
   * @param piece computes the values of a few of them
   * @throws IllegalArgumentException if the inputs have another shape
   */
  public Tensor forward(Tensor values, UnaryOperator<Tensor> piece) {
    int n = check(values);
    float[] result = new float[Math.multiplyExact(n, out.size())];
    for (int from = 0; from < n; from += step()) {
      int count = Math.min(step(), n - from);
      Tensor made = piece.apply(piece(values, from, count));
      made.copyTo(0, result, from * out.size(), count * out.size());
    }
    return Tensor.wrap(out.batch(n), result);
  }

  /**
   * Values and gradients.
   *
   * @param values n inputs
   * @param cotangent asked for once a piece, with its values
   * @param pull computes those of a few inputs
   * @throws IllegalArgumentException if the inputs or the cotangent have another shape
   */
  public Pullback pull(Tensor values, UnaryOperator<Tensor> cotangent, Pull pull) {
    int n = check(values);
    float[] result = new float[Math.multiplyExact(n, out.size())];
    float[] gradients = new float[Math.multiplyExact(n, each.size())];
    for (int from = 0; from < n; from += step()) {
      int count = Math.min(step(), n - from);
      Pullback pulled = pull.pull(piece(values, from, count), v -> cotangent(cotangent, v, count));
      pulled.values().copyTo(0, result, from * out.size(), count * out.size());
      pulled.gradients().copyTo(0, gradients, from * each.size(), count * each.size());
    }
    return new Pullback(Tensor.wrap(out.batch(n), result), Tensor.wrap(each.batch(n), gradients));
  }

  /** What fills the batch up is not asked about. */
  static Tensor cotangent(UnaryOperator<Tensor> cotangent, Tensor values, int count) {
    Tensor asked = values.slice(0, count);
    Tensor v = cotangent.apply(asked);
    if (!v.shape().equals(asked.shape())) {
      throw new IllegalArgumentException(
          "cotangent: expected " + asked.shape() + ", found " + v.shape());
    }
    if (count == values.rows()) {
      return v;
    }
    float[] all = new float[values.shape().size()];
    v.copyTo(0, all, 0, v.shape().size());
    return Tensor.wrap(values.shape(), all);
  }

  private int step() {
    return fixed > 0 ? fixed : batch;
  }

  private int check(Tensor values) {
    Shape found = values.shape();
    if (found.rank() != each.rank() + 1 || !found.example().equals(each)) {
      throw new IllegalArgumentException("expected n x " + each + ", found " + found);
    }
    return values.rows();
  }

  /** Inputs {@code from ... from + count}, the last repeated to fill a fixed batch. */
  private Tensor piece(Tensor values, int from, int count) {
    Tensor part = values.slice(from, from + count);
    if (fixed == 0 || count == fixed) {
      return part;
    }
    FloatBuffer filled = FloatBuffer.allocate(fixed * each.size());
    filled.put(part.buffer());
    while (filled.hasRemaining()) {
      filled.put(part.row(count - 1).buffer());
    }
    return Tensor.wrap(each.batch(fixed), filled.flip());
  }
}
