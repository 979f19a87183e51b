package dev.percept.methods.factorization;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Tensor;

/**
 * Concepts of which exactly one is there, as of {@link KMeans}: the code is 1 for the nearest atom
 * and 0 for all others; of equally near ones the first is taken.
 *
 * @param dictionary the atoms; no offset is needed
 */
public record NearestBank(Dictionary dictionary) implements AtomBank {
  public NearestBank {
    FitChecks.dictionary(dictionary);
  }

  @Override
  public NearestBank withDictionary(Dictionary dictionary) {
    return new NearestBank(dictionary);
  }

  @Override
  public Tensor encode(Tensor activations, Run run) {
    float[] atoms = dictionary.atoms().toArray();
    return RowEncoder.encode(
        activations,
        dictionary,
        true,
        run,
        () -> (row, codes, at) -> codes[at + nearest(row, atoms)] = 1);
  }

  private static int nearest(double[] row, float[] atoms) {
    int p = row.length;
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < atoms.length / p; k++) {
      double distance = 0;
      for (int j = 0; j < p; j++) {
        double d = row[j] - atoms[k * p + j];
        distance += d * d;
      }
      if (distance < least) {
        least = distance;
        best = k;
      }
    }
    return best;
  }
}
