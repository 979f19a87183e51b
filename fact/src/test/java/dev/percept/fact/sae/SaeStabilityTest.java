package dev.percept.fact.sae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.sae.SaeStability.Badge;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaeStabilityTest {
  private static final Run RUN = Run.of(1).withThreads(1);
  private static final int R = 40;
  private static final int P = 64;

  private static Tensor unit(String purpose) {
    Tensor noise = Weights.gaussian(purpose, R, P);
    float[] rows = noise.toArray();
    for (int k = 0; k < R; k++) {
      double squares = 0;
      for (int j = k * P; j < (k + 1) * P; j++) {
        squares += rows[j] * rows[j];
      }
      for (int j = k * P; j < (k + 1) * P; j++) {
        rows[j] /= (float) Math.sqrt(squares);
      }
    }
    return Tensor.wrap(Shape.of(R, P), rows);
  }

  /** The first {@code same} atoms of one in reversed order, the others of another. */
  private static Tensor mixed(Tensor one, int same, Tensor other) {
    float[] rows = new float[R * P];
    for (int k = 0; k < R; k++) {
      (k < same ? one : other).copyTo(k * P, rows, (R - 1 - k) * P, P);
    }
    return Tensor.wrap(Shape.of(R, P), rows);
  }

  private static List<Boolean> alive() {
    return Collections.nCopies(R, true);
  }

  @Test
  void whatComesBackEveryTimeIsStableWhateverItsPlace() {
    Tensor atoms = unit("a");
    Tensor other = unit("b");
    SaeStability found =
        SaeStability.of(
            atoms,
            List.of(mixed(atoms, 30, other), mixed(atoms, 20, other)),
            List.of(mixed(atoms, R, other)),
            alive(),
            RUN);
    for (int k = 0; k < R; k++) {
      assertEquals(k < 20 ? Badge.STABLE : Badge.PARTLY, found.latents().get(k).badge());
      assertEquals(1, found.latents().get(k).data(), 1e-5); // float32
    }
    assertEquals(20, found.count(Badge.STABLE));
  }

  @Test
  void whatIsNoMoreAlikeThanARandomDictionaryIsNotStable() {
    Tensor atoms = unit("a");
    SaeStability found =
        SaeStability.of(atoms, List.of(unit("b"), unit("c")), List.of(unit("d")), alive(), RUN);
    assertEquals(0, found.count(Badge.STABLE));
    // Random directions in 64 dimensions, the best of 40 for each: 0.2 to 0.3 on average.
    assertEquals(0.25, found.random(), 0.05);
    assertTrue(found.random95() > found.random());
    // By definition of the mark about 5 % of single draws exceed it, and means do more rarely.
    assertTrue(found.count(Badge.NOT) > 0.8 * R, "not stable " + found.count(Badge.NOT));
  }

  @Test
  void whatNeverSpeaksHasNothingToComeBack() {
    Tensor atoms = unit("a");
    SaeStability found =
        SaeStability.of(atoms, List.of(atoms), List.of(atoms), Collections.nCopies(R, false), RUN);
    assertEquals(R, found.count(Badge.DEAD));
    assertThrows(
        IllegalArgumentException.class,
        () -> SaeStability.of(atoms, List.of(), List.of(atoms), alive(), RUN));
  }
}
