package dev.percept.engine.torch;

import dev.percept.core.Dictionary;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
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
    Piecewise pieces = pieces();
    parts.requireOpen();
    return pieces.forward(
        values,
        piece ->
            parts.use(
                part, p -> new Pass(p, parts.precision(), input, out).forward(piece, dictionary)));
  }

  Pullback pull(Tensor values, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    Piecewise pieces = pieces();
    parts.requireOpen();
    return pieces.pull(
        values,
        cotangent,
        (piece, asked) ->
            parts.use(
                part, p -> new Pass(p, parts.precision(), input, out).pull(piece, asked, rule)));
  }

  private Piecewise pieces() {
    return new Piecewise(each, out, batch, fixed);
  }
}
