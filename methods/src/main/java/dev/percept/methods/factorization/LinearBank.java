package dev.percept.methods.factorization;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Tensor;

/**
 * Concepts with orthonormal directions, as of {@link Pca}: the codes {@code (a − b) Wᵀ} have signs,
 * and are the best codes as long as the directions are orthonormal.
 *
 * @param dictionary W and b
 */
public record LinearBank(Dictionary dictionary) implements AtomBank {
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
}
