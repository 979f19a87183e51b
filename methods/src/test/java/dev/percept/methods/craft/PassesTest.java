package dev.percept.methods.craft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.Run;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassesTest {
  private static final int N = 37;

  private final PlantedPictures pictures = PlantedPictures.of(N);

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "5, 1", "5, 3", "37, 2", "1000, 2", "2147483647, 2"})
  void everyExampleIsSeenOnce(int batch, int threads) {
    AtomicIntegerArray seen = new AtomicIntegerArray(N);
    AtomicLong progress = new AtomicLong();
    Run run = Run.of(0).withThreads(threads).withProgress((what, steps) -> progress::addAndGet);
    Passes.forEachBatch(
        pictures,
        batch,
        "pictures",
        run,
        (inputs, from) -> {
          for (int i = 0; i < inputs.rows(); i++) {
            seen.incrementAndGet(from + i);
            assertArrayEquals(
                pictures.batch(from + i, from + i + 1).toArray(), inputs.row(i).toArray());
          }
        });
    for (int i = 0; i < N; i++) {
      assertEquals(1, seen.get(i), "example " + i);
    }
    assertEquals(N, progress.get());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "2147483647, 2"})
  void batchAndThreadsChangeNoBit(int batch, int threads) {
    PlantedModel model = PlantedModel.affine();
    float[] expected = model.pooled(pictures.batch(0, N)).toArray();
    assertArrayEquals(
        expected, Passes.pooled(model, pictures, batch, Run.of(0).withThreads(threads)).toArray());
  }

  @Test
  void aFailureInABatchIsThrown() {
    assertThrows(
        ArithmeticException.class,
        () ->
            Passes.forEachBatch(
                pictures,
                4,
                "pictures",
                Run.of(0).withThreads(2),
                (inputs, from) -> {
                  throw new ArithmeticException("batch " + from);
                }));
  }

  @Test
  void nothingIsReadAfterCancellation() {
    Run run = Run.of(0).withThreads(1);
    AtomicInteger batches = new AtomicInteger();
    assertThrows(
        CancellationException.class,
        () ->
            Passes.forEachBatch(
                pictures,
                4,
                "pictures",
                run,
                (inputs, from) -> {
                  batches.incrementAndGet();
                  run.cancel();
                }));
    assertEquals(1, batches.get());
  }
}
