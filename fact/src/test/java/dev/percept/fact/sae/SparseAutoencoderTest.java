package dev.percept.fact.sae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SparseAutoencoderTest {
  private static final Run RUN = Run.of(1);
  private static final int R = 24;
  private static final int P = 10;

  private final Tensor rows = Weights.gaussian("rows", 200, P);

  @Test
  void exactTiesAreDecidedByIndex() {
    // Latents 1, 2 and 4 say the same, 3 says less, 0 nothing.
    Tensor encoder = Tensor.of(Shape.of(5, 1), -1, 2, 2, 1, 2);
    SparseAutoencoder sae =
        SparseAutoencoder.of(new Gate.TopK(2), encoder, null, new Dictionary(encoder, null));
    assertArrayEquals(
        new float[] {0, 6, 6, 0, 0}, sae.encode(Tensor.of(Shape.of(1, 1), 3), RUN).toArray());
  }

  @Test
  void fewerSpeakWhereFewerArePositive() {
    Tensor encoder = Tensor.of(Shape.of(3, 1), -1, 2, -3);
    SparseAutoencoder sae =
        SparseAutoencoder.of(new Gate.TopK(2), encoder, null, new Dictionary(encoder, null));
    assertArrayEquals(
        new float[] {0, 2, 0}, sae.encode(Tensor.of(Shape.of(1, 1), 1), RUN).toArray());
  }

  @Test
  void asManyAsThereAreIsARectifier() {
    float[] codes = Weights.random(new Gate.TopK(R), R, P).encode(rows, RUN).toArray();
    float[] rectified = Weights.random(Weights.jump(R, 0), R, P).encode(rows, RUN).toArray();
    assertArrayEquals(rectified, codes);
    assertTrue(IntStream.range(0, codes.length).anyMatch(i -> codes[i] > 0));
  }

  @Test
  void exactlyKSpeakAndTheyAreTheLargest() {
    float[] all = Weights.random(new Gate.TopK(R), R, P).encode(rows, RUN).toArray();
    float[] some = Weights.random(new Gate.TopK(4), R, P).encode(rows, RUN).toArray();
    for (int i = 0; i < rows.rows(); i++) {
      float least = Float.MAX_VALUE;
      float silent = 0;
      int speaking = 0;
      for (int k = i * R; k < (i + 1) * R; k++) {
        if (some[k] > 0) {
          assertEquals(all[k], some[k]);
          least = Math.min(least, some[k]);
          speaking++;
        } else {
          silent = Math.max(silent, all[k]);
        }
      }
      assertEquals(4, speaking);
      assertTrue(least >= silent);
    }
  }

  @Test
  void scalingTheInputScalesTheCodes() {
    SparseAutoencoder sae = Weights.random(new Gate.TopK(4), R, P);
    float[] plain = sae.encode(rows, RUN).toArray();
    float[] values = rows.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 8; // a power of two: no rounding
    }
    float[] scaled = sae.encode(Tensor.wrap(rows.shape(), values), RUN).toArray();
    for (int i = 0; i < plain.length; i++) {
      assertEquals(8 * plain[i], scaled[i]);
    }
  }

  @Test
  void permutedLatentsPermuteTheCodes() {
    Tensor encoder = Weights.gaussian("encoder", R, P);
    Tensor atoms = Weights.gaussian("atoms", R, P);
    int[] order = IntStream.range(0, R).map(k -> (7 * k + 3) % R).toArray();
    float[] e = new float[R * P];
    float[] a = new float[R * P];
    for (int k = 0; k < R; k++) {
      encoder.copyTo(order[k] * P, e, k * P, P);
      atoms.copyTo(order[k] * P, a, k * P, P);
    }
    SparseAutoencoder plain = Weights.random(new Gate.TopK(4), R, P);
    SparseAutoencoder permuted =
        SparseAutoencoder.of(
            new Gate.TopK(4),
            Tensor.wrap(Shape.of(R, P), e),
            null,
            new Dictionary(Tensor.wrap(Shape.of(R, P), a), null));
    Tensor u = plain.encode(rows, RUN);
    Tensor v = permuted.encode(rows, RUN);
    for (int i = 0; i < rows.rows(); i++) {
      for (int k = 0; k < R; k++) {
        // The column of a product may be summed in another order at another place.
        assertEquals(u.get(i, order[k]), v.get(i, k), 1e-5f);
      }
    }
    assertArrayEquals(
        plain.reconstruct(rows, RUN).toArray(), permuted.reconstruct(rows, RUN).toArray(), 1e-4f);
  }

  @Test
  void anInputOfZerosHasNoCodes() {
    SparseAutoencoder sae = Weights.random(new Gate.TopK(4), R, P);
    assertEquals(0, sae.sparseCodes(Tensor.zeros(Shape.of(70, P)), RUN).from(70));
  }

  @Test
  void reconstructionIsTheDictionaryTimesTheCodesAndItsOffset() {
    Tensor offset = Weights.gaussian("offset", P);
    Tensor atoms = Weights.gaussian("atoms", R, P);
    SparseAutoencoder sae =
        SparseAutoencoder.of(
            new Gate.BatchTopK(4, 2f),
            Weights.gaussian("encoder", R, P),
            Weights.gaussian("bias", R),
            new Dictionary(atoms, offset));
    Tensor codes = sae.encode(rows, RUN);
    Tensor rebuilt = sae.reconstruct(rows, RUN);
    for (int i = 0; i < rows.rows(); i++) {
      for (int j = 0; j < P; j++) {
        double sum = offset.get(j);
        for (int k = 0; k < R; k++) {
          sum += codes.get(i, k) * atoms.get(k, j);
        }
        assertEquals(sum, rebuilt.get(i, j), 1e-4); // sums of float32 codes of size 1 to 10
      }
    }
  }

  @Test
  void unfitWeightsAreRefused() {
    Dictionary dictionary = new Dictionary(Weights.gaussian("atoms", R, P), null);
    Tensor encoder = Weights.gaussian("encoder", R, P);
    Gate top = new Gate.TopK(4);
    refused("encoder: expected 24 x 10", top, Weights.gaussian("e", R, P + 1), null, dictionary);
    refused("bias: expected 24", top, encoder, Tensor.zeros(Shape.of(P)), dictionary);
    refused("at most the number of latents", new Gate.TopK(R + 1), encoder, null, dictionary);
    refused("thresholds: expected 24", Weights.jump(3, 1), encoder, null, dictionary);
    float[] holed = encoder.toArray();
    holed[7] = Float.NaN;
    refused("finite", top, Tensor.wrap(encoder.shape(), holed), null, dictionary);
    assertThrows(IllegalArgumentException.class, () -> new Gate.TopK(0));
    assertThrows(IllegalArgumentException.class, () -> new Gate.BatchTopK(1, 0));
    assertThrows(IllegalArgumentException.class, () -> Weights.jump(2, -1));
    assertThrows(IllegalArgumentException.class, () -> Weights.jump(2, Float.NaN));
  }

  private static void refused(
      String word,
      Gate gate,
      Tensor encoder,
      @org.jspecify.annotations.Nullable Tensor bias,
      Dictionary dictionary) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> SparseAutoencoder.of(gate, encoder, bias, dictionary));
    assertTrue(String.valueOf(e.getMessage()).contains(word), e.getMessage());
  }
}
