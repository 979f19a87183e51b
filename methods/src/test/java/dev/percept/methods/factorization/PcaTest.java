package dev.percept.methods.factorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.ConceptExtractor;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.Reconstruction;
import java.util.Arrays;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;

class PcaTest extends FactorizationContract {
  @Override
  ConceptExtractor extractor(int concepts) {
    return new Pca(concepts);
  }

  @Override
  double expectedError() {
    return 0.05;
  }

  @Test
  void directionsAreTheEigenvectorsOfTheCovariance() {
    Tensor data = data();
    int p = data.shape().dim(1);
    RealMatrix a = MatrixUtils.createRealMatrix(data.rows(), p);
    for (int i = 0; i < data.rows(); i++) {
      for (int j = 0; j < p; j++) {
        a.setEntry(i, j, data.get(i, j));
      }
    }
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(new Covariance(a).getCovarianceMatrix());
    LinearBank bank = new Pca(4).fit(data, RUN);
    for (int k = 0; k < 4; k++) {
      double dot = 0;
      for (int j = 0; j < p; j++) {
        dot += bank.dictionary().atoms().get(k, j) * eigen.getEigenvector(k).getEntry(j);
      }
      // Float32 products.
      assertEquals(1, Math.abs(dot), 1e-4, "component " + k);
    }
  }

  @Test
  void itKeepsMoreVarianceThanAnyOther() {
    double pca = Reconstruction.of(data(), new Pca(3).fit(data(), RUN), RUN).r2();
    for (ConceptExtractor other : new ConceptExtractor[] {Nmf.of(3), SemiNmf.of(3), KMeans.of(3)}) {
      double r2 = Reconstruction.of(data(), other.fit(data(), RUN), RUN).r2();
      assertTrue(pca > r2, other.name() + " keeps " + r2 + ", pca " + pca);
    }
  }

  @Test
  void rowsWithoutVarianceAreRefused() {
    float[] values = new float[20];
    Arrays.fill(values, 2);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Pca(2).fit(Tensor.wrap(Shape.of(10, 2), values), RUN));
  }
}
