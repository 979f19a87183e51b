package dev.percept.engine.torch;

import dev.percept.core.Dictionary;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sends a large batch through a part piece by piece.
 *
 * @param parts the model's parts
 * @param part the one to be executed
 * @param input the name of what goes in
 * @param each the shape of one input
 * @param out the shape of one output
 * @param batch the size of a piece
 * @param fixed the size that the file fixes, to which the last piece is filled up; 0 for none
 */
record Pieces(
    Parts parts, Parts.Source part, String input, Shape each, Shape out, int batch, int fixed) {

  Tensor forward(Tensor values) {
    return forward(values, null);
  }

  Tensor forward(Tensor values, @Nullable Dictionary dictionary) {
    int n = check(values);
    float[] result = new float[Math.multiplyExact(n, out.size())];
    for (int from = 0; from < n; from += step()) {
      int count = Math.min(step(), n - from);
      Tensor piece = piece(values, from, count);
      Tensor made =
          parts.use(
              part, p -> new Pass(p, parts.precision(), input, out).forward(piece, dictionary));
      made.copyTo(0, result, from * out.size(), count * out.size());
    }
    return Tensor.wrap(out.batch(n), result);
  }

  Pullback pull(Tensor values, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    int n = check(values);
    float[] result = new float[Math.multiplyExact(n, out.size())];
    float[] gradients = new float[Math.multiplyExact(n, each.size())];
    for (int from = 0; from < n; from += step()) {
      int count = Math.min(step(), n - from);
      Tensor piece = piece(values, from, count);
      Pullback pulled =
          parts.use(
              part,
              p ->
                  new Pass(p, parts.precision(), input, out)
                      .pull(piece, v -> cotangent(cotangent, v, count), rule));
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
    parts.requireOpen();
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
