package dev.percept.fact;

import dev.percept.core.CodePullback;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.function.UnaryOperator;

/**
 * How much of one concept there is, summed over locations, as a number with a gradient: {@code Σ_l
 * z_lk = g · a + constant}, with g held still.
 *
 * @param bank whose concept it is
 * @param concept its number
 */
record ConceptPresence(DifferentiableConceptBank bank, int concept) {
  ConceptPresence {
    if (concept < 0 || concept >= bank.concepts()) {
      throw new IllegalArgumentException(
          "concept: 0 to " + (bank.concepts() - 1) + ", found " + concept);
    }
  }

  /** Its gradient by the activations, m x L x p to the same; on the caller's thread. */
  UnaryOperator<Tensor> gradient(Run run) {
    Run alone = run.withThreads(1);
    return activations -> pull(activations, alone).gradients().reshape(dims(activations));
  }

  private static int[] dims(Tensor activations) {
    Shape s = activations.shape();
    return new int[] {s.dim(0), s.dim(1), s.dim(2)};
  }

  private CodePullback pull(Tensor activations, Run run) {
    Shape s = activations.shape();
    int rows = s.dim(0) * s.dim(1);
    int r = bank.concepts();
    float[] v = new float[Math.multiplyExact(rows, r)];
    for (int row = 0; row < rows; row++) {
      v[row * r + concept] = 1;
    }
    return bank.pull(activations.reshape(rows, s.dim(2)), Tensor.wrap(Shape.of(rows, r), v), run);
  }

  /**
   * What it is in each picture.
   *
   * @param presence how much there is
   * @param constant what of it does not come from the activations: biases of the encoder, the
   *     offset of the dictionary. 0 for an autoencoder without biases
   */
  @SuppressWarnings("ArrayRecordComponent") // Within this package, compared nowhere.
  record Values(float[] presence, float[] constant) {}

  /** Its values, of activations n x L x p. */
  Values values(Tensor activations, Run run) {
    Shape s = activations.shape();
    CodePullback pull = pull(activations, run);
    int locations = s.dim(1);
    int p = s.dim(2);
    float[] presence = new float[s.dim(0)];
    float[] constant = new float[s.dim(0)];
    for (int i = 0; i < presence.length; i++) {
      double sum = 0;
      double linear = 0;
      for (int row = i * locations; row < (i + 1) * locations; row++) {
        sum += pull.codes().get(row, concept);
        for (int j = 0; j < p; j++) {
          linear += (double) pull.gradients().get(row, j) * activations.get(row * p + j);
        }
      }
      presence[i] = (float) sum;
      constant[i] = (float) (sum - linear);
    }
    return new Values(presence, constant);
  }
}
