package dev.percept.methods.factorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.ConceptExtractor;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.Planted;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NmfTest extends FactorizationContract {
  @Override
  ConceptExtractor extractor(int concepts) {
    return Nmf.of(concepts);
  }

  @Override
  double expectedError() {
    return 0.05;
  }

  @Test
  void plantedConceptsAreFoundAgain() {
    Planted planted = Planted.of(800, 60, 4, 0, 3);
    // Sparse concepts are identified by the data; the factorisation is unique.
    Factorization found = new Nmf(4, Start.NNDSVD, 1e-7, 2000, 2).fit(planted.activations(), RUN);
    assertTrue(found.relativeError() < 1e-3, "error " + found.relativeError());
    for (int k = 0; k < 4; k++) {
      double best = 0;
      for (int l = 0; l < 4; l++) {
        best = Math.max(best, cosine(planted.atoms().row(k), found.dictionary().atoms().row(l)));
      }
      assertEquals(1, best, 1e-3, "concept " + k);
    }
  }

  @Test
  void everyStartReachesASimilarError() {
    for (Start start : Start.values()) {
      Factorization found = Nmf.of(5).withStart(start).fit(data(), RUN);
      assertTrue(found.relativeError() < 0.06, start + ": " + found.relativeError());
    }
  }

  @Test
  void atomsHaveLengthOneAndTheLargestComesFirst() {
    Factorization found = Nmf.of(5).fit(data(), RUN);
    double before = Double.POSITIVE_INFINITY;
    for (int k = 0; k < 5; k++) {
      Tensor atom = found.dictionary().atoms().row(k);
      // Rounding of float32 values.
      assertEquals(1, norm(atom), 1e-5);
      double energy = 0;
      for (int i = 0; i < found.codes().rows(); i++) {
        energy += found.codes().get(i, k) * found.codes().get(i, k);
      }
      assertTrue(energy <= before);
      before = energy;
    }
  }

  @Test
  void theResultSaysHowWellItWent() {
    Factorization full = Nmf.of(5).fit(data(), RUN);
    assertTrue(full.converged());
    Factorization cut = new Nmf(5, Start.RANDOM, 1e-4, 2, 2).fit(data(), RUN);
    assertFalse(cut.converged());
    assertEquals(2, cut.sweeps());
    assertTrue(full.relativeError() < cut.relativeError());
  }

  @Test
  void moreConceptsExplainMore() {
    double before = 1;
    for (int r = 1; r <= 5; r++) {
      double error = Nmf.of(r).fit(data(), RUN).relativeError();
      assertTrue(error < before, r + " concepts: " + error);
      before = error;
    }
  }

  @Test
  void seedsMatterForRandomStartsOnly() {
    Nmf random = Nmf.of(5).withRandomStart();
    assertFalse(
        Arrays.equals(
            random.fit(data(), RUN).dictionary().atoms().toArray(),
            random.fit(data(), RUN.withSeed(8)).dictionary().atoms().toArray()));
  }

  @Test
  void dataOfLowerRankThanAskedForIsHandled() {
    Tensor flat = Planted.of(600, 20, 2, 0, 5).activations();
    Factorization found = Nmf.of(6).fit(flat, RUN);
    assertTrue(found.relativeError() < 0.02, "error " + found.relativeError());
    assertTrue(found.codes().isFinite());
  }

  @Test
  void negativeActivationsAreRefusedWithTheRemedies() {
    float[] values = data().toArray();
    values[5] = -0.25f;
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Nmf.of(5).fit(Tensor.wrap(data().shape(), values), RUN));
    for (String word : new String[] {"-0.25", "ReLU", "rectify", "semi-nmf"}) {
      assertTrue(String.valueOf(e.getMessage()).contains(word), e.getMessage());
    }
  }

  @Test
  void theNumbersOfRowsAndFeaturesAreNamed() {
    IllegalArgumentException few =
        assertThrows(IllegalArgumentException.class, () -> Nmf.of(5).fit(data().slice(0, 3), RUN));
    assertTrue(
        String.valueOf(few.getMessage()).contains("found 3; ask for fewer concepts"),
        few.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> Nmf.of(5).fit(Tensor.of(Shape.of(9, 1), 1, 2, 3, 4, 5, 6, 7, 8, 9), RUN));
  }

  @Test
  void unfitOptionsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new Nmf(5, Start.NNDSVD, Double.NaN, 200, 2));
    assertThrows(IllegalArgumentException.class, () -> new Nmf(5, Start.NNDSVD, 0, 200, 2));
    assertThrows(IllegalArgumentException.class, () -> new Nmf(5, Start.NNDSVD, 1e-4, 0, 2));
    assertThrows(IllegalArgumentException.class, () -> new Nmf(5, Start.NNDSVD, 1e-4, 200, 0));
  }

  private static double cosine(Tensor a, Tensor b) {
    double dot = 0;
    for (int j = 0; j < a.shape().size(); j++) {
      dot += (double) a.get(j) * b.get(j);
    }
    return dot / norm(a) / norm(b);
  }

  private static double norm(Tensor a) {
    double squares = 0;
    for (int j = 0; j < a.shape().size(); j++) {
      squares += (double) a.get(j) * a.get(j);
    }
    return Math.sqrt(squares);
  }
}
