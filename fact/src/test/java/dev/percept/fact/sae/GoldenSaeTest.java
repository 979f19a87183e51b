package dev.percept.fact.sae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.testkit.Npy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Codes and reconstructions of the release overcomplete. */
class GoldenSaeTest {
  /** Sums of 16 products in another order, and of up to 38 latents. */
  private static final float ROUNDING = 1e-5f;

  private static final int KEPT = 128;

  private static Tensor read(String name) {
    Npy npy = Npy.resource(GoldenSaeTest.class, name + ".npy");
    return Tensor.wrap(Shape.of(npy.dims()), npy.floats());
  }

  private static SparseAutoencoder sae(String kind, Gate gate) {
    return SparseAutoencoder.of(
        gate, read(kind + "_We"), read(kind + "_be"), new Dictionary(read(kind + "_D"), null));
  }

  private static void check(String kind, Gate gate) {
    SparseAutoencoder sae = sae(kind, gate);
    Run run = Run.of(0);
    Tensor x = read("x");
    assertArrayEquals(
        read(kind + "_z").toArray(), sae.encode(x, run).toArray(), ROUNDING, kind + " codes");
    assertArrayEquals(
        read(kind + "_xhat").toArray(), sae.reconstruct(x, run).toArray(), ROUNDING, kind);
  }

  @Test
  void topK() {
    check("topk", new Gate.TopK(4));
  }

  @Test
  void jumpRelu() {
    check("jump", Weights.jump(64, 0.05f));
  }

  @Test
  void batchTopKWithTheThresholdOfItsBatch() {
    // What speaks without a threshold, sorted: the 128th largest is where the batch is cut.
    SparseAutoencoder open = sae("batchtopk", new Gate.BatchTopK(4, Float.MIN_VALUE));
    float[] all = open.encode(read("x"), Run.of(0)).toArray();
    Arrays.sort(all);
    check("batchtopk", new Gate.BatchTopK(4, all[all.length - KEPT]));
  }
}
