package dev.percept.methods.text;

import dev.percept.core.ConceptBank;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.DifferentiableTextModel;
import dev.percept.core.EmbeddingPullback;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;

/** How much each token of a text has to do with each concept: n x T x r, 0 at padding. */
public final class TokenCodes {
  private TokenCodes() {}

  /**
   * The code that each token would have if the head read it alone. What a token holds, after all
   * layers, of itself and of what stands around it: in a transformer that is not the word alone.
   *
   * <p>A bank that knows no negative values takes those of a token as 0; a mean over tokens may be
   * without any though its terms are not.
   *
   * @param inputs n x 3 x T
   */
  public static Tensor directions(TextModel model, ConceptBank bank, Tensor inputs, Run run) {
    Tensor tokens = model.tokens(inputs);
    int n = tokens.rows();
    int length = tokens.shape().dim(1);
    int p = tokens.shape().dim(2);
    int r = bank.concepts();
    boolean[] real = mask(inputs);
    int count = 0;
    for (boolean one : real) {
      count += one ? 1 : 0;
    }
    float[] rows = new float[count * p];
    int at = 0;
    for (int t = 0; t < n * length; t++) {
      if (real[t]) {
        tokens.copyTo(t * p, rows, at, p);
        at += p;
      }
    }
    Tensor codes = encode(bank, rows, count, run);
    float[] all = new float[n * length * r];
    int row = 0;
    for (int t = 0; t < n * length; t++) {
      if (real[t]) {
        codes.copyTo(row++ * r, all, t * r, r);
      }
    }
    return Tensor.wrap(Shape.of(n, length, r), all);
  }

  private static Tensor encode(ConceptBank bank, float[] rows, int count, Run run) {
    Shape shape = Shape.of(count, bank.features());
    try {
      return bank.encode(Tensor.wrap(shape, rows), run);
    } catch (IllegalArgumentException e) {
      float[] above = new float[rows.length];
      for (int i = 0; i < rows.length; i++) {
        above[i] = Math.max(0, rows[i]);
      }
      return bank.encode(Tensor.wrap(shape, above), run);
    }
  }

  /**
   * Gradient of each concept's code by the embedding of each token, times that embedding: to first
   * order, what the code loses as the embedding fades to 0. The derivative of the code is the
   * bank's own, exact on its support.
   *
   * <p>Simonyan et al. 2014 and Shrikumar et al. 2017 for pictures. Where the code is 0 so is the
   * gradient; a network that saturates hides what it has seen.
   *
   * @param inputs n x 3 x T
   */
  public static Tensor gradients(
      DifferentiableTextModel model, DifferentiableConceptBank bank, Tensor inputs, Run run) {
    int n = inputs.rows();
    int length = inputs.shape().dim(2);
    int r = bank.concepts();
    float[] all = new float[n * length * r];
    for (int k = 0; k < r; k++) {
      int concept = k;
      EmbeddingPullback pulled =
          model.pullEmbeddings(
              inputs,
              values -> {
                Tensor matrix = values.reshape(values.rows(), values.shape().dim(2));
                return bank.pull(matrix, unit(matrix.rows(), r, concept), run)
                    .gradients()
                    .reshape(values.shape().toArray());
              });
      int tokens = pulled.embeddings().shape().dim(1);
      int d = pulled.embeddings().shape().dim(2);
      for (int i = 0; i < n; i++) {
        for (int t = 0; t < Math.min(tokens, length); t++) {
          double sum = 0;
          int from = (i * tokens + t) * d;
          for (int j = 0; j < d; j++) {
            sum += (double) pulled.embeddings().get(from + j) * pulled.gradients().get(from + j);
          }
          all[(i * length + t) * r + k] = (float) sum;
        }
      }
    }
    return Tensor.wrap(Shape.of(n, length, r), all);
  }

  private static Tensor unit(int rows, int r, int concept) {
    float[] values = new float[rows * r];
    for (int i = 0; i < rows; i++) {
      values[i * r + concept] = 1;
    }
    return Tensor.wrap(Shape.of(rows, r), values);
  }

  private static boolean[] mask(Tensor inputs) {
    int n = inputs.rows();
    int length = inputs.shape().dim(2);
    boolean[] real = new boolean[n * length];
    for (int i = 0; i < n; i++) {
      for (int t = 0; t < length; t++) {
        int at = (i * TextModel.ROWS + TextModel.MASK) * length + t;
        real[i * length + t] = inputs.get(at) > 0;
      }
    }
    return real;
  }
}
