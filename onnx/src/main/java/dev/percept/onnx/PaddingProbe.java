package dev.percept.onnx;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import java.util.function.UnaryOperator;

/**
 * Asks a model of texts of any length whether it ignores padding, by running a text alone and
 * padded: an exported mask may be missing, unused, or left out where the mean is taken.
 */
public final class PaddingProbe {
  /** Rounding moves activations by some 1e-6 of their scale; padding that is read, by far more. */
  private static final double ROUNDING = 2e-5;

  private static final int PADDED = 9;
  private static final int[] TOKENS = {3, 5};

  private PaddingProbe() {}

  /**
   * How pieces of texts must be made.
   *
   * @param cuts where the model can be cut
   * @param g texts n x 3 x any length to values, n rows
   */
  public static TextPieces.Lengths lengths(Cuts cuts, UnaryOperator<Tensor> g) {
    TensorShapes shapes = cuts.shapes();
    if (shapes.fixedTokens() > 0) {
      return TextPieces.Lengths.FIXED;
    }
    int padded = Math.min(PADDED, shapes.maxTokens());
    WordEmbedding words = WordEmbedding.find(cuts.model().graph());
    int vocabulary = words == null ? 2 : words.vocabulary();
    for (int tokens : TOKENS) {
      if (tokens >= padded) {
        continue;
      }
      Tensor alone = g.apply(text(tokens, tokens, vocabulary));
      Tensor among = g.apply(text(tokens, padded, vocabulary));
      double scale = 0;
      double difference = 0;
      for (int i = 0; i < alone.shape().size(); i++) {
        scale = Math.max(scale, Math.abs(alone.get(i)));
        double d = Math.abs(alone.get(i) - among.get(i));
        difference = Math.max(difference, Double.isNaN(d) ? Double.POSITIVE_INFINITY : d);
      }
      if (difference > ROUNDING * scale) {
        return TextPieces.Lengths.EQUAL;
      }
    }
    return TextPieces.Lengths.MIXED;
  }

  /** Different tokens from all over the vocabulary. */
  private static Tensor text(int tokens, int width, int vocabulary) {
    float[] values = new float[TextModel.ROWS * width];
    for (int t = 0; t < tokens; t++) {
      values[TextModel.IDS * width + t] = Math.floorDiv((t + 1) * (vocabulary - 1), tokens + 1);
      values[TextModel.MASK * width + t] = 1;
    }
    return Tensor.wrap(Shape.of(1, TextModel.ROWS, width), values);
  }
}
