package dev.percept.methods.factorization;

import dev.percept.core.CodePullback;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.Arrays;

/**
 * Concepts whose codes are at least 0. New activations are encoded by exact non-negative least
 * squares, {@code min ‖a − b − u W‖², u ≥ 0}, each row on its own and in double precision: its code
 * has the same bits alone, in any batch and on any number of threads.
 */
public final class NonNegativeBank implements AtomBank, DifferentiableConceptBank {
  private final Dictionary dictionary;
  private final boolean signed;
  private final double[] gram;

  /** Wᵀ, p x r: the products of a row with all concepts run side by side. */
  private final double[] columns;

  private NonNegativeBank(Dictionary dictionary, boolean signed) {
    this.dictionary = dictionary;
    this.signed = signed;
    int r = dictionary.concepts();
    int p = dictionary.features();
    float[] atoms = dictionary.atoms().toArray();
    this.gram = Gram.of(atoms, r, p);
    this.columns = new double[p * r];
    for (int k = 0; k < r; k++) {
      for (int j = 0; j < p; j++) {
        columns[j * r + k] = atoms[k * p + j];
      }
    }
  }

  /**
   * A bank with the given dictionary.
   *
   * @param signed whether activations may be negative; otherwise they are refused, because a
   *     non-negative dictionary would explain them wrongly without a sign of it
   * @throws IllegalArgumentException if the dictionary has a value that is not finite
   */
  public static NonNegativeBank of(Dictionary dictionary, boolean signed) {
    FitChecks.dictionary(dictionary);
    return new NonNegativeBank(dictionary, signed);
  }

  @Override
  public Dictionary dictionary() {
    return dictionary;
  }

  @Override
  public NonNegativeBank withDictionary(Dictionary dictionary) {
    return of(dictionary, signed);
  }

  /** Whether activations may be negative. */
  public boolean signed() {
    return signed;
  }

  @Override
  public Tensor encode(Tensor activations, Run run) {
    int r = concepts();
    return RowEncoder.encode(
        activations,
        dictionary,
        signed,
        run,
        () -> {
          NonNegativeSolver solver = new NonNegativeSolver(gram, r);
          double[] right = new double[r];
          return (row, codes, at) -> {
            products(row, right);
            solver.solve(right, codes, at);
          };
        });
  }

  /**
   * {@inheritDoc}
   *
   * <p>By the implicit derivative on the support of the exact code; {@link
   * CodePullback#dependent()} counts rows whose concepts in use depend on one another, where the
   * system is regularised.
   */
  @Override
  public CodePullback pull(Tensor activations, Tensor cotangents, Run run) {
    float[] atoms = dictionary.atoms().toArray();
    return CodePulls.pull(
        encode(activations, run),
        cotangents,
        features(),
        run,
        () -> new SupportDerivative(gram, atoms, concepts())::pull);
  }

  /** W (a − b) of one row. */
  private void products(double[] row, double[] right) {
    int r = right.length;
    Arrays.fill(right, 0);
    for (int j = 0; j < row.length; j++) {
      double v = row[j];
      if (v != 0) {
        int at = j * r;
        for (int k = 0; k < r; k++) {
          right[k] += v * columns[at + k];
        }
      }
    }
  }
}
