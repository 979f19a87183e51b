package dev.percept.methods.factorization;

import dev.percept.core.CodePullback;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.Arrays;

/**
 * Concepts with orthonormal directions, as of {@link Pca}: the codes {@code (a − b) Wᵀ} have signs,
 * and are the best codes as long as the directions are orthonormal.
 *
 * @param dictionary W and b
 */
public record LinearBank(Dictionary dictionary) implements AtomBank, DifferentiableConceptBank {
  public LinearBank {
    FitChecks.dictionary(dictionary);
  }

  @Override
  public LinearBank withDictionary(Dictionary dictionary) {
    return new LinearBank(dictionary);
  }

  @Override
  public Tensor encode(Tensor activations, Run run) {
    int r = concepts();
    int p = features();
    float[] atoms = dictionary.atoms().toArray();
    return RowEncoder.encode(
        activations,
        dictionary,
        true,
        run,
        () ->
            (row, codes, at) -> {
              for (int k = 0; k < r; k++) {
                double sum = 0;
                for (int j = 0; j < p; j++) {
                  sum += row[j] * atoms[k * p + j];
                }
                codes[at + k] = (float) sum;
              }
            });
  }

  /** {@inheritDoc} Codes are linear: {@code Wᵀ v}, the same everywhere. */
  @Override
  public CodePullback pull(Tensor activations, Tensor cotangents, Run run) {
    int r = concepts();
    float[] atoms = dictionary.atoms().toArray();
    return CodePulls.pull(
        encode(activations, run),
        cotangents,
        features(),
        run,
        () ->
            (codes, v, at, gradient) -> {
              Arrays.fill(gradient, 0);
              for (int k = 0; k < r; k++) {
                for (int j = 0; j < gradient.length; j++) {
                  gradient[j] += (double) v[at + k] * atoms[k * gradient.length + j];
                }
              }
              return false;
            });
  }
}
