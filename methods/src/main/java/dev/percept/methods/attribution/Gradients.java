package dev.percept.methods.attribution;

import dev.percept.core.DifferentiableScore;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.ScoreGradient;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.function.UnaryOperator;

/** Gradients of many inputs, in pieces. */
final class Gradients {
  private Gradients() {}

  /** Writes a varied copy of an input; the same number always gives the same one. */
  @FunctionalInterface
  interface Variant {
    void write(int number, float[] target);
  }

  /** Is given the score and the gradient of a variant, in the order of their numbers. */
  @FunctionalInterface
  interface Sink {
    void accept(int number, float score, float[] gradient);
  }

  /**
   * Changes what arrives at inputs, piece by piece.
   *
   * @param gradient inputs to gradients
   * @return gradients of all inputs, n x c x h x w
   */
  static float[] of(
      Tensor inputs, int batch, UnaryOperator<Tensor> gradient, String what, Run run) {
    int n = inputs.rows();
    int size = inputs.shape().example().size();
    float[] all = new float[inputs.shape().size()];
    try (Progress.Stage stage = run.stage(what, n)) {
      for (int from = 0; from < n; from += batch) {
        run.throwIfCancelled();
        int to = Math.min(n, from + batch);
        Tensor found = gradient.apply(inputs.slice(from, to));
        Checks.finite(found);
        found.copyTo(0, all, from * size, (to - from) * size);
        stage.advance(to - from);
      }
    }
    return all;
  }

  /** Gradients of variants of one input, {@code batch} of them in memory at a time. */
  static void ofVariants(
      DifferentiableScore score, int count, int batch, Variant variant, Sink sink, Run run) {
    Shape each = score.inputShape();
    int most = Math.min(batch, count);
    FloatBuffer piece = Tensor.allocateDirect(Math.multiplyExact(most, each.size()));
    float[] one = new float[each.size()];
    for (int from = 0; from < count; from += most) {
      run.throwIfCancelled();
      int size = Math.min(most, count - from);
      piece.clear();
      for (int k = 0; k < size; k++) {
        variant.write(from + k, one);
        piece.put(one);
      }
      ScoreGradient found = score.gradient(Tensor.wrap(each.batch(size), piece.flip()));
      Checks.finite(found.gradients());
      for (int k = 0; k < size; k++) {
        found.gradients().copyTo(k * each.size(), one, 0, each.size());
        sink.accept(from + k, found.scores().get(k), one);
      }
    }
  }
}
