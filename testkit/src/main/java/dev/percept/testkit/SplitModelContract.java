package dev.percept.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.Grid;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitCheck;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every engine must keep. An engine's test extends this class and says how a model is opened;
 * the model should be small, since it is called some thousand times.
 */
public abstract class SplitModelContract {
  /**
   * Kernels may add in another order for another batch; float32 sums of some thousand terms then
   * differ by some 1e-6 of their scale, which a deep network amplifies a little.
   */
  private static final double ROUNDING = 1e-4;

  /** Less than 1,000 leaked outputs of any model worth testing. */
  private static final long GROWTH = 16L << 20;

  private static final int CALLS = 1000;
  private static final int ROUNDS = 4;

  private SplitModel model;

  /** Opens a new model. */
  protected abstract SplitModel open();

  /** {@code n} inputs, the same at every call; uniform in 0 ... 1 unless overridden. */
  protected Tensor inputs(int n) {
    return random(model.inputShape().batch(n), "inputs");
  }

  /** The model under test, opened before each test. */
  protected final SplitModel model() {
    return model;
  }

  @BeforeEach
  final void openModel() {
    model = open();
  }

  @AfterEach
  final void closeModel() {
    model.close();
  }

  @Test
  void headOfActivationsIsTheWholeModel() {
    Tensor x = inputs(5);
    SplitCheck check = model.check(x);
    assertTrue(check.passed(), check.toString());
    assertEquals(5, check.inputs());
    assertTrue(check.maxAbsLogit() > 0, "a model that answers nothing proves nothing");
    assertClose(model.logits(x), model.head(model.activations(x).values()), ROUNDING);
  }

  @Test
  void saysWhatItReturns() {
    Tensor x = inputs(3);
    Activations a = model.activations(x);
    assertEquals(model.grid(), a.grid());
    assertEquals(Shape.of(3, model.grid().size(), model.features()), a.values().shape());
    assertEquals(Shape.of(3, model.features()), model.pooled(x).shape());
    assertEquals(Shape.of(3, model.outputs()), model.logits(x).shape());
    assertEquals(Shape.of(3, model.outputs()), model.head(a.values()).shape());
    assertTrue(a.values().isFinite());
    if (model.info().nonNegative()) {
      for (float v : a.values().toArray()) {
        assertTrue(v >= 0, "non-negative by construction, found " + v);
      }
    }
  }

  @Test
  void anEmptyBatchGivesAnEmptyResult() {
    assertEquals(Shape.of(0, model.outputs()), model.logits(inputs(0)).shape());
  }

  @Test
  void pooledIsTheMeanOverPlaces() {
    Tensor x = inputs(3);
    Tensor values = model.activations(x).values();
    Grid grid = model.grid();
    int places = grid.places();
    int p = model.features();
    float[] mean = new float[3 * p];
    for (int i = 0; i < 3; i++) {
      for (int f = 0; f < p; f++) {
        double sum = 0;
        for (int l = 0; l < places; l++) {
          sum += values.get((i * grid.size() + grid.location(l)) * p + f);
        }
        mean[i * p + f] = (float) (sum / places);
      }
    }
    assertClose(Tensor.wrap(Shape.of(3, p), mean), model.pooled(x), ROUNDING);
  }

  @Test
  void aBatchGivesWhatSingleInputsGive() {
    int n = 19;
    Tensor x = inputs(n);
    Tensor activations = model.activations(x).values();
    Tensor pooled = model.pooled(x);
    Tensor logits = model.logits(x);
    Tensor head = model.head(activations);
    for (int i = 0; i < n; i++) {
      Tensor one = x.slice(i, i + 1);
      assertClose(activations.slice(i, i + 1), model.activations(one).values(), ROUNDING);
      assertClose(pooled.slice(i, i + 1), model.pooled(one), ROUNDING);
      assertClose(logits.slice(i, i + 1), model.logits(one), ROUNDING);
      assertClose(head.slice(i, i + 1), model.head(activations.slice(i, i + 1)), ROUNDING);
    }
  }

  @Test
  void headOfCodesIsHeadOfDecodedCodes() {
    int r = 4;
    Tensor atoms = random(Shape.of(r, model.features()), "atoms");
    Tensor offset = random(Shape.of(model.features()), "offset");
    Tensor codes = random(Shape.of(7, model.grid().size(), r), "codes");
    for (Dictionary bank : List.of(new Dictionary(atoms, null), new Dictionary(atoms, offset))) {
      Tensor decoded = decode(codes, bank);
      assertClose(model.head(decoded), model.headOfCodes(codes, bank), ROUNDING);
    }
  }

  @Test
  void oneModelServesBanksOfAnySize() {
    for (int r : new int[] {1, 6, 2}) {
      Tensor atoms = random(Shape.of(r, model.features()), "atoms" + r);
      Tensor codes = random(Shape.of(3, model.grid().size(), r), "codes" + r);
      Dictionary bank = new Dictionary(atoms, null);
      assertClose(model.head(decode(codes, bank)), model.headOfCodes(codes, bank), ROUNDING);
    }
  }

  @Test
  void memoryOnAndOffTheHeapGivesTheSame() {
    Tensor x = inputs(2);
    Tensor direct =
        Tensor.wrap(x.shape(), Tensor.allocateDirect(x.shape().size()).put(x.buffer()).flip());
    assertArrayEquals(model.logits(x).toArray(), model.logits(direct).toArray());
  }

  @Test
  void theSameInputGivesTheSameBits() {
    Tensor x = inputs(4);
    float[] logits = model.logits(x).toArray();
    float[] activations = model.activations(x).values().toArray();
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(logits, model.logits(x).toArray());
      assertArrayEquals(activations, model.activations(x).values().toArray());
    }
    try (SplitModel again = open()) {
      assertArrayEquals(logits, again.logits(x).toArray());
    }
  }

  @Test
  void severalThreadsGiveWhatOneGives() {
    int n = 24;
    Tensor x = inputs(n);
    Tensor expected = model.logits(x);
    List<Tensor> found = new ArrayList<>(Collections.nCopies(n, x));
    try (SplitModel fresh = open()) {
      // A fresh model: its parts are opened by whichever thread comes first.
      Run.of(0)
          .withThreads(6)
          .parallel(
              n,
              i -> {
                Tensor one = x.slice(i, i + 1);
                found.set(i, fresh.head(fresh.activations(one).values()));
              });
    }
    for (int i = 0; i < n; i++) {
      assertClose(expected.slice(i, i + 1), found.get(i), ROUNDING);
    }
  }

  @Test
  void inputsOfAnotherShapeAreRefused() {
    Shape s = model.inputShape();
    Tensor single = Tensor.zeros(s);
    String message =
        assertThrows(IllegalArgumentException.class, () -> model.logits(single)).getMessage();
    assertEquals("expected n x " + s + ", found " + s, message);
    Tensor codes = Tensor.zeros(Shape.of(2, model.grid().size(), 3));
    Tensor narrow = Tensor.zeros(Shape.of(3, model.features() + 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> model.headOfCodes(codes, new Dictionary(narrow, null)));
    Tensor fewer = Tensor.zeros(Shape.of(4, model.features()));
    assertThrows(
        IllegalArgumentException.class,
        () -> model.headOfCodes(codes, new Dictionary(fewer, null)));
    assertThrows(IllegalArgumentException.class, () -> model.head(codes.slice(0, 0)));
  }

  @Test
  void useAfterCloseIsRefusedAndResultsOutlive() {
    Tensor x = inputs(2);
    Activations a = model.activations(x);
    float[] before = a.values().toArray();
    model.close();
    model.close();
    assertThrows(IllegalStateException.class, () -> model.logits(x));
    assertThrows(IllegalStateException.class, () -> model.activations(x));
    assertThrows(IllegalStateException.class, () -> model.pooled(x));
    assertThrows(IllegalStateException.class, () -> model.head(a.values()));
    Tensor codes = Tensor.zeros(Shape.of(1, model.grid().size(), 1));
    Dictionary bank = new Dictionary(Tensor.zeros(Shape.of(1, model.features())), null);
    assertThrows(IllegalStateException.class, () -> model.headOfCodes(codes, bank));
    assertArrayEquals(before, a.values().toArray());
  }

  @Test
  void aThousandCallsLeaveNoMemoryBehind() {
    Tensor x = inputs(8);
    Tensor atoms = random(Shape.of(3, model.features()), "atoms");
    Tensor codes = random(Shape.of(8, model.grid().size(), 3), "codes");
    Dictionary bank = new Dictionary(atoms, null);
    Runnable call =
        () -> {
          model.head(model.activations(x).values());
          model.headOfCodes(codes, bank);
        };
    for (int i = 0; i < CALLS / 5; i++) {
      call.run();
    }
    // Java's heap and compiler take memory now and then; a leak takes it in every round.
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least >= GROWTH; round++) {
      long before = ResidentMemory.now();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      least = Math.min(least, ResidentMemory.now() - before);
    }
    assertTrue(least < GROWTH, "grown by " + least + " bytes in each " + CALLS + " calls");
  }

  /** {@code u W + b}, in double precision. */
  private static Tensor decode(Tensor codes, Dictionary bank) {
    int rows = codes.shape().dim(0) * codes.shape().dim(1);
    int r = bank.concepts();
    int p = bank.features();
    Tensor offset = bank.offset();
    float[] out = new float[rows * p];
    for (int i = 0; i < rows; i++) {
      for (int f = 0; f < p; f++) {
        double sum = offset == null ? 0 : offset.get(f);
        for (int k = 0; k < r; k++) {
          sum += (double) codes.get(i * r + k) * bank.atoms().get(k, f);
        }
        out[i * p + f] = (float) sum;
      }
    }
    return Tensor.wrap(Shape.of(codes.shape().dim(0), codes.shape().dim(1), p), out);
  }

  /** Values uniform in 0 ... 1, one stream a purpose. */
  protected static Tensor random(Shape shape, String purpose) {
    RandomGenerator random = Run.of(7).random("contract." + purpose);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Tensor.wrap(shape, values);
  }

  /** Asserts equality up to {@code tolerance} times the largest absolute value (at least 1). */
  protected static void assertClose(Tensor expected, Tensor found, double tolerance) {
    assertEquals(expected.shape(), found.shape());
    double scale = 1;
    for (float v : expected.toArray()) {
      scale = Math.max(scale, Math.abs(v));
    }
    for (int i = 0; i < expected.shape().size(); i++) {
      assertEquals(expected.get(i), found.get(i), tolerance * scale, "value " + i);
    }
  }
}
