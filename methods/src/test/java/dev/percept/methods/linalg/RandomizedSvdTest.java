package dev.percept.methods.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;

class RandomizedSvdTest {
  private static final Run RUN = Run.of(0);

  @Test
  void leadingValuesAndVectorsAreThoseOfADenseDecomposition() {
    int n = 700;
    int p = 50;
    RandomGenerator random = RUN.random("a");
    RealMatrix a = MatrixUtils.createRealMatrix(n, p);
    for (int k = 0; k < 8; k++) {
      for (int i = 0; i < n; i++) {
        double left = random.nextGaussian() * Math.pow(0.6, k);
        for (int j = 0; j < p; j++) {
          a.addToEntry(i, j, left * Math.sin(1.7 * k + j * (k + 1)));
        }
      }
    }
    RandomizedSvd svd = RandomizedSvd.of(rows(a), 5, RUN.random("svd"), RUN);
    SingularValueDecomposition dense = new SingularValueDecomposition(a);
    for (int k = 0; k < 5; k++) {
      double value = dense.getSingularValues()[k];
      // float32 products; the subspace contains all 8 directions.
      assertEquals(value, svd.value(k), 1e-4 * value);
      double alike = 0;
      double same = 0;
      for (int j = 0; j < p; j++) {
        alike += svd.right(j, k) * dense.getV().getEntry(j, k);
      }
      for (int i = 0; i < n; i++) {
        same += svd.left(i, k) * dense.getU().getEntry(i, k);
      }
      assertEquals(1, Math.abs(alike), 1e-3);
      assertEquals(1, Math.signum(alike) * same, 1e-3);
    }
  }

  @Test
  void aMatrixOfLowRankHasValuesOfZero() {
    RealMatrix a = MatrixUtils.createRealMatrix(30, 12);
    for (int i = 0; i < 30; i++) {
      for (int j = 0; j < 12; j++) {
        a.setEntry(i, j, (i + 1) * (j + 1));
      }
    }
    RandomizedSvd svd = RandomizedSvd.of(rows(a), 4, RUN.random("svd"), RUN);
    assertEquals(a.getFrobeniusNorm(), svd.value(0), 1e-3 * svd.value(0));
    for (int k = 1; k < 4; k++) {
      assertEquals(0, svd.value(k), 1e-3 * svd.value(0));
    }
  }

  @Test
  void theNumberOfThreadsChangesNoBit() {
    RealMatrix a = MatrixUtils.createRealMatrix(2000, 9);
    RandomGenerator random = RUN.random("b");
    for (int i = 0; i < 2000; i++) {
      for (int j = 0; j < 9; j++) {
        a.setEntry(i, j, random.nextGaussian());
      }
    }
    RandomizedSvd one = RandomizedSvd.of(rows(a), 3, RUN.random("s"), RUN.withThreads(1));
    RandomizedSvd four = RandomizedSvd.of(rows(a), 3, RUN.random("s"), RUN.withThreads(4));
    for (int k = 0; k < 3; k++) {
      assertEquals(one.value(k), four.value(k));
      assertEquals(one.left(1234, k), four.left(1234, k));
    }
  }

  @Test
  void ranksThatCannotBeAreRefused() {
    Rows rows = rows(MatrixUtils.createRealMatrix(4, 3));
    assertThrows(
        IllegalArgumentException.class, () -> RandomizedSvd.of(rows, 4, RUN.random("s"), RUN));
    assertThrows(
        IllegalArgumentException.class, () -> RandomizedSvd.of(rows, 0, RUN.random("s"), RUN));
  }

  private static Rows rows(RealMatrix a) {
    float[] values = new float[a.getRowDimension() * a.getColumnDimension()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) a.getEntry(i / a.getColumnDimension(), i % a.getColumnDimension());
    }
    return Rows.of(Tensor.wrap(Shape.of(a.getRowDimension(), a.getColumnDimension()), values));
  }
}
