package dev.percept.fact.sae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import java.util.BitSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PermutationTest {
  private static Permutation of(long size, long seed) {
    return new Permutation(size, Run.of(seed).random("order"));
  }

  @Test
  void everyPlaceIsTakenOnce() {
    for (int size : new int[] {1, 2, 3, 5, 16, 17, 1000, 4096, 4097}) {
      Permutation order = of(size, 1);
      BitSet taken = new BitSet();
      for (long i = 0; i < size; i++) {
        long at = order.at(i);
        assertTrue(at >= 0 && at < size);
        taken.set((int) at);
      }
      assertEquals(size, taken.cardinality());
    }
  }

  @Test
  void seedsGiveDifferentOrdersAndOneSeedTheSame() {
    long[] a = LongStream.range(0, 100).map(of(100, 1)::at).toArray();
    long[] b = LongStream.range(0, 100).map(of(100, 1)::at).toArray();
    long[] c = LongStream.range(0, 100).map(of(100, 2)::at).toArray();
    assertEquals(LongStream.of(a).boxed().toList(), LongStream.of(b).boxed().toList());
    assertNotEquals(LongStream.of(a).boxed().toList(), LongStream.of(c).boxed().toList());
  }

  @Test
  void aBatchIsSpreadOverAllRows() {
    // Of 100,000 rows the first 4,000 of the order: each tenth of the rows has 400 of them, give or
    // take 5 standard deviations of a hypergeometric count (19).
    Permutation order = of(100_000, 3);
    int[] tenths = new int[10];
    for (int i = 0; i < 4000; i++) {
      tenths[(int) (order.at(i) / 10_000)]++;
    }
    for (int count : tenths) {
      assertEquals(400, count, 95);
    }
  }

  @Test
  void nothingHasNoOrder() {
    assertThrows(IllegalArgumentException.class, () -> of(0, 1));
  }
}
