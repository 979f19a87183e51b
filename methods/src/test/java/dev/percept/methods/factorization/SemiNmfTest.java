package dev.percept.methods.factorization;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.ConceptExtractor;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SemiNmfTest extends FactorizationContract {
  @Override
  ConceptExtractor extractor(int concepts) {
    return SemiNmf.of(concepts);
  }

  @Override
  double expectedError() {
    return 0.05;
  }

  @Test
  void signedDataWithPlantedNonNegativeCodesIsExplained() {
    int n = 900;
    int p = 30;
    int r = 4;
    RandomGenerator random = RUN.random("signed");
    float[] atoms = new float[r * p];
    for (int i = 0; i < atoms.length; i++) {
      atoms[i] = (float) random.nextGaussian();
    }
    float[] values = new float[n * p];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < r; k++) {
        double u = random.nextBoolean() ? random.nextExponential() : 0;
        for (int j = 0; j < p; j++) {
          values[i * p + j] += (float) (u * atoms[k * p + j]);
        }
      }
    }
    Tensor data = Tensor.wrap(Shape.of(n, p), values);
    for (ConceptExtractor extractor :
        new ConceptExtractor[] {SemiNmf.of(r), SemiNmf.of(r).withRandomStart()}) {
      Factorization found = (Factorization) extractor.fit(data, RUN);
      // Several local minima; the sweeps stop at a relative change of 1e-4.
      assertTrue(found.relativeError() < 0.05, extractor + ": " + found.relativeError());
      for (float code : found.codes().toArray()) {
        assertTrue(code >= 0);
      }
    }
  }

  @Test
  void sweepsNeverMakeTheErrorWorse() {
    Tensor data = data();
    double before = 2;
    for (int sweeps = 1; sweeps < 12; sweeps++) {
      double error = new SemiNmf(5, Start.RANDOM, 1e-12, sweeps).fit(data, RUN).relativeError();
      assertTrue(error <= before + 1e-6, sweeps + " sweeps: " + error + " after " + before);
      before = error;
    }
  }

  @Test
  void unfitOptionsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SemiNmf(5, Start.NNDSVD, 1, 200));
    assertThrows(IllegalArgumentException.class, () -> new SemiNmf(5, Start.NNDSVD, 1e-4, 0));
  }
}
