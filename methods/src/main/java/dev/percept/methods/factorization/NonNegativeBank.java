package dev.percept.methods.factorization;

import dev.percept.core.ConceptBank;
import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;

/**
 * Concepts whose codes are at least 0. New activations are encoded by exact non-negative least
 * squares, {@code min ‖a − b − u W‖², u ≥ 0}, each row on its own and in double precision: its code
 * has the same bits alone, in any batch and on any number of threads.
 */
public final class NonNegativeBank implements ConceptBank {
  private static final int BLOCK = 256;

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
    if (!dictionary.atoms().isFinite()
        || (dictionary.offset() != null && !dictionary.offset().isFinite())) {
      throw new IllegalArgumentException("dictionary: every value must be finite");
    }
    return new NonNegativeBank(dictionary, signed);
  }

  @Override
  public Dictionary dictionary() {
    return dictionary;
  }

  /** Whether activations may be negative. */
  public boolean signed() {
    return signed;
  }

  @Override
  public Tensor encode(Tensor activations, Run run) {
    Shape shape = activations.shape();
    int r = concepts();
    int p = features();
    if (shape.rank() != 2 || shape.dim(1) != p) {
      throw new IllegalArgumentException("activations: expected n x " + p + ", found " + shape);
    }
    int n = activations.rows();
    float[] codes = new float[n * r];
    float[] offset = dictionary.offset() == null ? new float[p] : dictionary.offset().toArray();
    run.parallel(
        (n + BLOCK - 1) / BLOCK,
        block -> {
          NonNegativeSolver solver = new NonNegativeSolver(gram, r);
          float[] row = new float[p];
          double[] right = new double[r];
          for (int i = block * BLOCK; i < Math.min(n, (block + 1) * BLOCK); i++) {
            activations.copyTo(i * p, row, 0, p);
            rightSide(row, i, offset, right);
            solver.solve(right, codes, i * r);
          }
        });
    return Tensor.wrap(Shape.of(n, r), codes);
  }

  private void rightSide(float[] row, int index, float[] offset, double[] right) {
    int r = right.length;
    Arrays.fill(right, 0);
    for (int j = 0; j < row.length; j++) {
      FitChecks.value(row[j], index, j, signed);
      double v = (double) row[j] - offset[j];
      if (v != 0) {
        int at = j * r;
        for (int k = 0; k < r; k++) {
          right[k] += v * columns[at + k];
        }
      }
    }
  }
}
