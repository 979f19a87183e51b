package dev.percept.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.ConceptBank;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What every concept bank keeps to. */
public abstract class ConceptBankContract {
  private static final Run RUN = Run.of(23);
  private static final int N = 300;

  /** The bank under test; it must find something in rows that are drawn at random. */
  protected abstract ConceptBank bank();

  /** Whether activations may be below 0. */
  protected abstract boolean signed();

  private Tensor rows() {
    RandomGenerator random = RUN.random("rows");
    Shape shape = Shape.of(N, bank().features());
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      double v = random.nextGaussian();
      values[i] = (float) (signed() ? v : Math.abs(v));
    }
    return Tensor.wrap(shape, values);
  }

  @Test
  void shapesAreRight() {
    ConceptBank bank = bank();
    Shape atoms = bank.dictionary().atoms().shape();
    assertEquals(Shape.of(bank.concepts(), bank.features()), atoms);
    assertTrue(bank.dictionary().atoms().isFinite());
    Tensor codes = bank.encode(rows(), RUN);
    assertEquals(Shape.of(N, bank.concepts()), codes.shape());
    assertEquals(Shape.of(0, bank.concepts()), bank.encode(rows().slice(0, 0), RUN).shape());
    boolean something = false;
    for (int i = 0; i < codes.shape().size(); i++) {
      assertTrue(Float.isFinite(codes.get(i)));
      something |= codes.get(i) != 0;
    }
    assertTrue(something, "every code is 0");
  }

  @Test
  void codesDependOnTheirRowAlone() {
    ConceptBank bank = bank();
    Tensor rows = rows();
    float[] together = bank.encode(rows, RUN.withThreads(3)).toArray();
    assertArrayEquals(together, bank.encode(rows, RUN.withThreads(1)).toArray());
    int r = bank.concepts();
    for (int i : new int[] {0, 1, 63, 64, 65, 255, 256, N - 1}) {
      float[] alone = bank.encode(rows.slice(i, i + 1), RUN).toArray();
      for (int k = 0; k < r; k++) {
        assertEquals(together[i * r + k], alone[k], "row " + i);
      }
    }
  }

  @Test
  void directAndHeapMemoryGiveTheSameBitsAndNothingIsModified() {
    ConceptBank bank = bank();
    Tensor heap = rows();
    float[] before = heap.toArray();
    Tensor direct =
        Tensor.wrap(
            heap.shape(), Tensor.allocateDirect(heap.shape().size()).put(heap.buffer()).flip());
    assertArrayEquals(bank.encode(heap, RUN).toArray(), bank.encode(direct, RUN).toArray());
    assertArrayEquals(before, heap.toArray());
  }

  @Test
  void whatCannotBeReadIsRefused() {
    ConceptBank bank = bank();
    int p = bank.features();
    assertThrows(
        IllegalArgumentException.class, () -> bank.encode(Tensor.zeros(Shape.of(2, p + 1)), RUN));
    assertThrows(IllegalArgumentException.class, () -> bank.encode(Tensor.zeros(Shape.of(p)), RUN));
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] row = new float[p];
      row[p - 1] = bad;
      Tensor unfit = Tensor.wrap(Shape.of(1, p), row);
      assertThrows(IllegalArgumentException.class, () -> bank.encode(unfit, RUN));
    }
  }
}
