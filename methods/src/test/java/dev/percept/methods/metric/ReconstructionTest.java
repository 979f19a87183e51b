package dev.percept.methods.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.Planted;
import dev.percept.methods.factorization.Factorization;
import dev.percept.methods.factorization.Nmf;
import dev.percept.testkit.Npy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReconstructionTest {
  private static final Run RUN = Run.of(0);

  @Test
  void relativeErrorIsThatOfTheLibraryButR2HasAMeanForEachFeature() {
    Npy x = Npy.resource(getClass(), "oc/x.npy");
    Npy fitted = Npy.resource(getClass(), "oc/xh.npy");
    Reconstruction found = identity(x, fitted);
    // overcomplete's relative l2 is a mean over rows; its r2 of 0.9055 subtracts one global mean.
    double error = 0;
    double energy = 0;
    double variation = 0;
    for (int j = 0; j < 16; j++) {
      double mean = 0;
      for (int i = 0; i < 200; i++) {
        mean += x.values()[i * 16 + j] / 200;
      }
      for (int i = 0; i < 200; i++) {
        double a = x.values()[i * 16 + j];
        double d = a - fitted.values()[i * 16 + j];
        error += d * d;
        energy += a * a;
        variation += (a - mean) * (a - mean);
      }
    }
    assertEquals(Math.sqrt(error / energy), found.relativeError(), 1e-6);
    assertEquals(1 - error / variation, found.r2(), 1e-6);
    assertTrue(found.r2() < 0.905502, "one global mean flatters: " + found.r2());
    assertEquals(200, found.rows());
  }

  @Test
  void predictingTheMeansIsWorthNothing() {
    // Means that differ much: a global mean would give about 0.99.
    float[] values = new float[300 * 2];
    for (int i = 0; i < 300; i++) {
      values[2 * i] = 10 + (i % 3 - 1);
      values[2 * i + 1] = -10 + (i % 2 - 0.5f);
    }
    ReconstructionTally tally =
        new ReconstructionTally(
            new Dictionary(Tensor.zeros(Shape.of(1, 2)), Tensor.of(Shape.of(2), 10, -10)));
    tally.add(Tensor.wrap(Shape.of(300, 2), values), Tensor.zeros(Shape.of(300, 1)), RUN);
    assertEquals(0, tally.result().r2(), 1e-9);
    assertEquals(0, tally.result().r2PerFeature().get(0), 1e-9);
  }

  @Test
  void perfectAndEmptyCodesAreTheEnds() {
    Planted planted = Planted.of(100, 12, 3, 0, 1);
    Dictionary dictionary = new Dictionary(planted.atoms(), null);
    ReconstructionTally perfect = new ReconstructionTally(dictionary);
    perfect.add(planted.activations(), planted.codes(), RUN);
    assertEquals(0, perfect.result().relativeError(), 1e-6);
    assertEquals(1, perfect.result().r2(), 1e-6);
    ReconstructionTally empty = new ReconstructionTally(dictionary);
    empty.add(planted.activations(), Tensor.zeros(Shape.of(100, 3)), RUN);
    assertEquals(1, empty.result().relativeError(), 1e-12);
    assertTrue(empty.result().r2() < 0);
  }

  @Test
  void aConstantFeatureHasNoVarianceToKeep() {
    float[] values = new float[20];
    Arrays.fill(values, 0.1f);
    ReconstructionTally tally =
        new ReconstructionTally(new Dictionary(Tensor.of(Shape.of(1, 1), 1), null));
    tally.add(Tensor.wrap(Shape.of(20, 1), values), Tensor.zeros(Shape.of(20, 1)), RUN);
    assertEquals(0, tally.result().r2());
    assertEquals(1, tally.result().relativeError(), 1e-12);
  }

  @Test
  void batchesAddUp() {
    Planted planted = Planted.of(700, 20, 3, 0.1, 2);
    Factorization bank = Nmf.of(3).fit(planted.activations(), RUN);
    Reconstruction whole = Reconstruction.of(planted.activations(), bank, RUN);
    ReconstructionTally tally = new ReconstructionTally(bank.dictionary());
    for (int from = 0; from < 700; from += 100) {
      Tensor part = planted.activations().slice(from, from + 100);
      tally.add(part, bank.encode(part, RUN), RUN.withThreads(1));
    }
    assertEquals(whole.relativeError(), tally.result().relativeError(), 1e-12);
    assertEquals(whole.r2(), tally.result().r2(), 1e-12);
    // Exact codes are at least as good as those of the last sweep.
    assertTrue(whole.relativeError() <= bank.relativeError() + 1e-6);
  }

  @Test
  void aRandomBankIsWorse() {
    Planted planted = Planted.of(300, 40, 4, 0.02, 4);
    Factorization found = Nmf.of(4).fit(planted.activations(), RUN);
    double real = Reconstruction.of(planted.activations(), found, RUN).r2();
    double random =
        Reconstruction.of(
                planted.activations(), RandomBank.like(found.bank(), RUN.random("b")), RUN)
            .r2();
    assertTrue(real > 0.9 && random < 0.6, real + " against " + random);
  }

  @Test
  void shapesMustAgreeAndSomethingMustBeAdded() {
    ReconstructionTally tally =
        new ReconstructionTally(new Dictionary(Tensor.zeros(Shape.of(2, 3)), null));
    assertThrows(IllegalStateException.class, tally::result);
    assertThrows(
        IllegalArgumentException.class,
        () -> tally.add(Tensor.zeros(Shape.of(4, 3)), Tensor.zeros(Shape.of(4, 3)), RUN));
    assertThrows(
        IllegalArgumentException.class,
        () -> tally.add(Tensor.zeros(Shape.of(4, 2)), Tensor.zeros(Shape.of(4, 2)), RUN));
  }

  /** A dictionary of unit vectors, so that the codes are the reconstruction. */
  private static Reconstruction identity(Npy x, Npy fitted) {
    float[] unit = new float[256];
    for (int j = 0; j < 16; j++) {
      unit[j * 17] = 1;
    }
    ReconstructionTally tally =
        new ReconstructionTally(new Dictionary(Tensor.wrap(Shape.of(16, 16), unit), null));
    tally.add(
        Tensor.wrap(Shape.of(200, 16), x.floats()),
        Tensor.wrap(Shape.of(200, 16), fitted.floats()),
        RUN);
    return tally.result();
  }
}
