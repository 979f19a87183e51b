package dev.percept.methods.factorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.ConceptExtractor;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class KMeansTest extends FactorizationContract {
  @Override
  ConceptExtractor extractor(int concepts) {
    return KMeans.of(concepts);
  }

  /** Concepts are present together, which one centre cannot say. */
  @Override
  double expectedError() {
    return 0.7;
  }

  @Test
  void separateClustersAreFound() {
    int n = 900;
    RandomGenerator random = RUN.random("clusters");
    float[] values = new float[n * 8];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 8; j++) {
        values[i * 8 + j] = (float) (random.nextGaussian() + (j == i % 6 ? 40 : 0));
      }
    }
    Tensor data = Tensor.wrap(Shape.of(n, 8), values);
    NearestBank bank = KMeans.of(6).fit(data, RUN);
    Tensor codes = bank.encode(data, RUN);
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int k = 0; k < 6; k++) {
        sum += codes.get(i, k);
        assertEquals(codes.get(i % 6, k), codes.get(i, k), "row " + i);
      }
      assertEquals(1, sum);
    }
    for (int k = 0; k < 6; k++) {
      double largest = 0;
      for (int j = 0; j < 8; j++) {
        largest = Math.max(largest, bank.dictionary().atoms().get(k, j));
      }
      // The mean of 150 members of deviation 1: four standard errors.
      assertEquals(40, largest, 0.33);
    }
  }

  @Test
  void fewerDistinctRowsThanCentresAreHandled() {
    float[] values = new float[40];
    for (int i = 0; i < 10; i++) {
      values[i * 4] = i % 2 + 1;
    }
    NearestBank bank = KMeans.of(4).fit(Tensor.wrap(Shape.of(10, 4), values), RUN);
    assertTrue(bank.dictionary().atoms().isFinite());
  }

  @Test
  void unfitOptionsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new KMeans(3, 0, 100));
    assertThrows(IllegalArgumentException.class, () -> new KMeans(3, 4, 0));
  }
}
