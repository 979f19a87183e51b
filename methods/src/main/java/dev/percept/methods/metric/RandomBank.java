package dev.percept.methods.metric;

import dev.percept.core.Dictionary;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.factorization.AtomBank;
import dev.percept.methods.factorization.NonNegativeBank;
import java.util.random.RandomGenerator;

/**
 * Concepts by chance: each atom keeps its values, but they stand at other features. What such a
 * bank reaches is the baseline of every metric of a bank.
 */
public final class RandomBank {
  private RandomBank() {}

  /** A random bank of the same kind, encoded in the same way. */
  public static NonNegativeBank like(NonNegativeBank bank, RandomGenerator random) {
    return bank.withDictionary(shuffled(bank.dictionary(), random));
  }

  /** A random bank of the same kind, encoded in the same way. */
  public static AtomBank like(AtomBank bank, RandomGenerator random) {
    return bank.withDictionary(shuffled(bank.dictionary(), random));
  }

  private static Dictionary shuffled(Dictionary dictionary, RandomGenerator random) {
    return new Dictionary(shuffled(dictionary.atoms(), random), dictionary.offset());
  }

  /** The rows of {@code atoms}, each with its values in a random order of its own. */
  public static Tensor shuffled(Tensor atoms, RandomGenerator random) {
    int p = atoms.shape().dim(1);
    float[] values = atoms.toArray();
    for (int k = 0; k < atoms.rows(); k++) {
      for (int j = p - 1; j > 0; j--) {
        int other = random.nextInt(j + 1);
        float v = values[k * p + j];
        values[k * p + j] = values[k * p + other];
        values[k * p + other] = v;
      }
    }
    return Tensor.wrap(Shape.of(atoms.rows(), p), values);
  }
}
