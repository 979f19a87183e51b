package dev.percept.methods.factorization;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.linalg.Rows;
import java.nio.FloatBuffer;

/** Activations without their mean. */
final class Centred {
  private Centred() {}

  /** The mean of every feature, p values. */
  static Tensor mean(Rows a, Run run) {
    int p = a.features();
    double[][] partial = new double[a.groups()][p];
    a.eachBlock(
        run,
        (group, from, to) -> {
          float[] row = new float[p];
          for (int i = from; i < to; i++) {
            a.from(i).get(row);
            for (int j = 0; j < p; j++) {
              partial[group][j] += row[j];
            }
          }
        });
    float[] mean = new float[p];
    for (int j = 0; j < p; j++) {
      double sum = 0;
      for (double[] part : partial) {
        sum += part[j];
      }
      mean[j] = (float) (sum / a.size());
    }
    return Tensor.wrap(Shape.of(p), mean);
  }

  /** A copy of {@code a} with {@code mean} taken off every row. */
  static Rows of(Rows a, Tensor mean, Run run) {
    int p = a.features();
    FloatBuffer centred = Tensor.allocateDirect(a.size() * p);
    a.eachBlock(
        run,
        (group, from, to) -> {
          float[] row = new float[p];
          for (int i = from; i < to; i++) {
            a.from(i).get(row);
            for (int j = 0; j < p; j++) {
              row[j] -= mean.get(j);
            }
            centred.put(i * p, row);
          }
        });
    return Rows.of(Tensor.wrap(Shape.of(a.size(), p), centred));
  }
}
