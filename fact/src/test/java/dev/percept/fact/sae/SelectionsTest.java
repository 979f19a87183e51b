package dev.percept.fact.sae;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.testkit.Npy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The largest of a row and of a batch, against sorting. */
class SelectionsTest {
  private static final Run RUN = Run.of(9);

  /** Indices of the {@code keep} largest positive values, equal ones in their order, ascending. */
  private static List<Integer> sorted(float[] values, int from, int to, int keep) {
    List<Integer> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      if (values[i] > 0) {
        all.add(i - from);
      }
    }
    all.sort(Comparator.comparingDouble((Integer i) -> -values[from + i]).thenComparingInt(i -> i));
    return all.subList(0, Math.min(keep, all.size())).stream().sorted().toList();
  }

  /** Values on a coarse grid, so that many are equal. */
  private static float[] values(int size, int steps) {
    RandomGenerator random = RUN.random("values." + steps);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (random.nextInt(2 * steps) - steps) / (float) steps;
    }
    return values;
  }

  @Test
  void ofARow() {
    for (int steps : new int[] {1, 5, 1000}) {
      float[] values = values(50 * 40, steps);
      for (int k : new int[] {1, 2, 7, 40}) {
        TopSelection selection = new TopSelection(k);
        for (int row = 0; row < 50; row++) {
          selection.select(values, row * 40, 40);
          List<Integer> found = new ArrayList<>();
          for (int i = 0; i < selection.size(); i++) {
            found.add(selection.index(i));
            assertEquals(values[row * 40 + selection.index(i)], selection.value(i));
          }
          assertEquals(sorted(values, row * 40, row * 40 + 40, k), found, steps + " " + k);
        }
      }
    }
  }

  @Test
  void ofABatchOnAnyNumberOfThreads() {
    for (int steps : new int[] {1, 5, 100_000}) {
      float[] values = values(3000 * 40, steps);
      for (int keep : new int[] {1, 100, 6000, 3000 * 40}) {
        for (int threads : new int[] {1, 3}) {
          BatchSelection selection =
              BatchSelection.of(values, values.length, keep, RUN.withThreads(threads));
          SparseCodes codes = selection.codes(values, 3000, 40);
          List<Integer> found = new ArrayList<>();
          for (int i = 0; i < 3000; i++) {
            for (int e = codes.from(i); e < codes.from(i + 1); e++) {
              found.add(i * 40 + codes.latent(e));
              assertEquals(values[i * 40 + codes.latent(e)], codes.value(e));
            }
          }
          assertEquals(sorted(values, 0, values.length, keep), found, steps + " " + keep);
        }
      }
    }
  }

  /** What speaks in training, from the release overcomplete: 128 codes in a batch of 32 rows. */
  @Test
  void ofTheGoldenBatch() {
    Tensor x = read("x");
    SparseAutoencoder open =
        SparseAutoencoder.of(
            new Gate.TopK(64),
            read("batchtopk_We"),
            read("batchtopk_be"),
            new dev.percept.core.Dictionary(read("batchtopk_D"), null));
    float[] said = open.encode(x, RUN).toArray();
    Tensor found = BatchSelection.of(said, said.length, 128, RUN).codes(said, 32, 64).dense();
    float[] expected = read("batchtopk_z").toArray();
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found.get(i), 1e-5); // sums of 16 products in another order
    }
  }

  private static Tensor read(String name) {
    Npy npy = Npy.resource(SelectionsTest.class, name + ".npy");
    return Tensor.wrap(Shape.of(npy.dims()), npy.floats());
  }
}
