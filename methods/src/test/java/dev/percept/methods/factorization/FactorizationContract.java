package dev.percept.methods.factorization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.ConceptBank;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.Planted;
import dev.percept.methods.metric.Reconstruction;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** What every concept extractor promises. A new one is a subclass with one method. */
abstract class FactorizationContract {
  static final Run RUN = Run.of(7);
  private static final int N = 1300;
  private static final int P = 48;
  private static final int R = 5;

  /** The extractor under test. */
  abstract ConceptExtractor extractor(int concepts);

  /** The largest relative error on planted data with 5 % noise. */
  abstract double expectedError();

  static Tensor data() {
    return Planted.of(N, P, R, 0.05, 1).activations();
  }

  @Test
  void shapesAndNameAreRight() {
    ConceptExtractor extractor = extractor(R);
    ConceptBank bank = extractor.fit(data(), RUN);
    if (bank instanceof AtomBank atoms) {
      Dictionary same = atoms.withDictionary(bank.dictionary()).dictionary();
      assertEquals(bank.dictionary(), same);
    }
    assertEquals(Shape.of(R, P), bank.dictionary().atoms().shape());
    assertEquals(Shape.of(3, R), bank.encode(data().slice(0, 3), RUN).shape());
    assertEquals(Shape.of(0, R), bank.encode(data().slice(0, 0), RUN).shape());
    assertTrue(bank.dictionary().atoms().isFinite());
    assertEquals(extractor.name(), extractor.withConcepts(2).name());
    assertEquals(2, extractor.withConcepts(2).fit(data(), RUN).concepts());
  }

  @Test
  void plantedStructureIsExplained() {
    ConceptBank bank = extractor(R).fit(data(), RUN);
    double error = Reconstruction.of(data(), bank, RUN).relativeError();
    assertTrue(error <= expectedError(), "error " + error);
  }

  @Test
  void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads() {
    float[] one = atoms(RUN.withThreads(1));
    assertArrayEquals(one, atoms(RUN.withThreads(1)));
    assertArrayEquals(one, atoms(RUN.withThreads(3)));
  }

  private float[] atoms(Run run) {
    return extractor(R).fit(data(), run).dictionary().atoms().toArray();
  }

  @Test
  void theInputIsNotModified() {
    Tensor data = data();
    float[] before = data.toArray();
    extractor(R).fit(data, RUN);
    assertArrayEquals(before, data.toArray());
  }

  @Test
  void directAndHeapMemoryGiveTheSameBits() {
    Tensor heap = data();
    Tensor direct =
        Tensor.wrap(
            heap.shape(), Tensor.allocateDirect(heap.shape().size()).put(heap.buffer()).flip());
    assertArrayEquals(
        extractor(R).fit(heap, RUN).dictionary().atoms().toArray(),
        extractor(R).fit(direct, RUN).dictionary().atoms().toArray());
  }

  @Test
  void codesDependOnTheirRowAlone() {
    ConceptBank bank = extractor(R).fit(data(), RUN);
    float[] together = bank.encode(data(), RUN.withThreads(3)).toArray();
    for (int i : new int[] {0, 255, 256, 511, 512, N - 1}) {
      float[] alone = bank.encode(data().slice(i, i + 1), RUN).toArray();
      for (int k = 0; k < R; k++) {
        assertEquals(together[i * R + k], alone[k], "row " + i);
      }
    }
  }

  @Test
  void scalingTheDataScalesTheReconstruction() {
    // A power of two changes no rounding, so only thresholds could make a difference.
    double plain = Reconstruction.of(data(), extractor(R).fit(data(), RUN), RUN).relativeError();
    Tensor scaled = times(data(), 1024);
    double large = Reconstruction.of(scaled, extractor(R).fit(scaled, RUN), RUN).relativeError();
    assertEquals(plain, large, 1e-3 * plain + 1e-6);
  }

  @Test
  void theOrderOfTheRowsDoesNotMatter() {
    double plain = Reconstruction.of(data(), extractor(R).fit(data(), RUN), RUN).relativeError();
    Tensor turned = reversed(data());
    double other = Reconstruction.of(turned, extractor(R).fit(turned, RUN), RUN).relativeError();
    // Rounding differs, and iterations stop at a tolerance.
    assertEquals(plain, other, 0.02 * plain);
  }

  @Test
  void unfitDataIsRefused() {
    ConceptExtractor extractor = extractor(R);
    Tensor holed = Tensor.of(Shape.of(6, 5), new float[29 + 1]);
    float[] values = data().toArray();
    values[777] = Float.NaN;
    refused("finite", Tensor.wrap(Shape.of(N, P), values), extractor);
    values[777] = Float.POSITIVE_INFINITY;
    refused("finite", Tensor.wrap(Shape.of(N, P), values), extractor);
    refused("rows", data().slice(0, R - 1), extractor);
    refused("every value is 0", holed, extractor);
    refused("n x p", data().reshape(N * P), extractor);
    assertThrows(IllegalArgumentException.class, () -> extractor(0));
  }

  private static void refused(String word, Tensor data, ConceptExtractor extractor) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> extractor.fit(data, RUN));
    assertTrue(String.valueOf(e.getMessage()).contains(word), e.getMessage());
  }

  @Test
  void encodingRefusesWhatItCannotRead() {
    ConceptBank bank = extractor(R).fit(data(), RUN);
    assertThrows(
        IllegalArgumentException.class, () -> bank.encode(Tensor.zeros(Shape.of(2, P + 1)), RUN));
    float[] row = new float[P];
    row[3] = Float.NaN;
    assertThrows(
        IllegalArgumentException.class, () -> bank.encode(Tensor.wrap(Shape.of(1, P), row), RUN));
  }

  @Test
  void cancellingStopsTheFit() {
    Run run = Run.of(0);
    run.cancel();
    assertThrows(CancellationException.class, () -> extractor(R).fit(data(), run));
  }

  private static Tensor times(Tensor a, float factor) {
    float[] values = a.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return Tensor.wrap(a.shape(), values);
  }

  private static Tensor reversed(Tensor a) {
    float[] values = new float[a.shape().size()];
    for (int i = 0; i < N; i++) {
      a.copyTo(i * P, values, (N - 1 - i) * P, P);
    }
    return Tensor.wrap(a.shape(), values);
  }
}
