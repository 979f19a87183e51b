package dev.percept.methods.factorization;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.function.Supplier;

/**
 * Encodes row by row in double precision: the code of a row has the same bits alone, in any batch
 * and on any number of threads.
 */
@FunctionalInterface
interface RowEncoder {
  /** Rows of one task. */
  int BLOCK = 256;

  /**
   * Encodes one row.
   *
   * @param row a − b, p values
   * @param codes r values from {@code at} on; modified
   */
  void encode(double[] row, float[] codes, int at);

  /**
   * Encodes all rows of {@code activations}.
   *
   * @param signed whether activations may be negative
   * @param encoders one for each task, since encoders hold scratch memory
   */
  static Tensor encode(
      Tensor activations,
      Dictionary dictionary,
      boolean signed,
      Run run,
      Supplier<RowEncoder> encoders) {
    Shape shape = activations.shape();
    int r = dictionary.concepts();
    int p = dictionary.features();
    if (shape.rank() != 2 || shape.dim(1) != p) {
      throw new IllegalArgumentException("activations: expected n x " + p + ", found " + shape);
    }
    int n = activations.rows();
    float[] codes = new float[n * r];
    Tensor b = dictionary.offset();
    float[] offset = b == null ? new float[p] : b.toArray();
    run.parallel(
        (n + BLOCK - 1) / BLOCK,
        block -> {
          RowEncoder encoder = encoders.get();
          float[] values = new float[p];
          double[] row = new double[p];
          for (int i = block * BLOCK; i < Math.min(n, (block + 1) * BLOCK); i++) {
            activations.copyTo(i * p, values, 0, p);
            for (int j = 0; j < p; j++) {
              FitChecks.value(values[j], i, j, signed);
              row[j] = (double) values[j] - offset[j];
            }
            encoder.encode(row, codes, i * r);
          }
        });
    return Tensor.wrap(Shape.of(n, r), codes);
  }
}
