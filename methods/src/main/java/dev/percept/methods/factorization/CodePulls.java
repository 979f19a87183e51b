package dev.percept.methods.factorization;

import dev.percept.core.CodePullback;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Pulls cotangents of codes back row by row, on all threads of a run. */
final class CodePulls {
  /** What one row needs. */
  interface Row {
    /**
     * One row.
     *
     * @param codes all codes, those of the row from {@code at} on
     * @param cotangents in the same places
     * @param gradient p values, overwritten
     * @return whether the row's derivative is approximate
     */
    boolean pull(float[] codes, float[] cotangents, int at, double[] gradient);
  }

  private CodePulls() {}

  /**
   * All rows.
   *
   * @param codes n x r
   * @param cotangents n x r
   * @param rows one for each task, since they may hold scratch memory
   */
  static CodePullback pull(Tensor codes, Tensor cotangents, int p, Run run, Supplier<Row> rows) {
    if (!cotangents.shape().equals(codes.shape())) {
      throw new IllegalArgumentException(
          "cotangents: expected " + codes.shape() + ", found " + cotangents.shape());
    }
    int n = codes.rows();
    int r = codes.shape().dim(1);
    float[] u = codes.toArray();
    float[] v = cotangents.toArray();
    float[] gradients = new float[Math.multiplyExact(n, p)];
    LongAdder dependent = new LongAdder();
    run.parallel(
        (n + RowEncoder.BLOCK - 1) / RowEncoder.BLOCK,
        block -> {
          Row row = rows.get();
          double[] gradient = new double[p];
          for (int i = block * RowEncoder.BLOCK;
              i < Math.min(n, (block + 1) * RowEncoder.BLOCK);
              i++) {
            if (row.pull(u, v, i * r, gradient)) {
              dependent.increment();
            }
            for (int j = 0; j < p; j++) {
              gradients[i * p + j] = (float) gradient[j];
            }
          }
        });
    return new CodePullback(codes, Tensor.wrap(Shape.of(n, p), gradients), dependent.intValue());
  }
}
