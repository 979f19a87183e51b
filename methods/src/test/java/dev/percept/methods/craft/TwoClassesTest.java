package dev.percept.methods.craft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.contrast.ClassContrast.OfConcept;
import dev.percept.methods.contrast.Contrast;
import dev.percept.methods.contrast.Decision;
import dev.percept.methods.factorization.Nmf;
import dev.percept.methods.importance.AutoImportance;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two classes of {@link PlantedPictures}: one lacks concept 0, the other concept 1. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoClassesTest {
  private static final int R = PlantedModel.CONCEPTS;
  private static final Target TWO = new Target(2, "two");
  private static final Target FIVE = new Target(5, "five");

  private final PlantedModel model = PlantedModel.affine();
  private final PlantedPictures without0 = PlantedPictures.of(40).without(0);
  private final PlantedPictures without1 = PlantedPictures.of(40).without(1);
  private final TwoClasses craft =
      new TwoClasses(Nmf.of(R), AutoImportance.defaults(), Contrast.DEFAULT, 8);
  private final TwoClasses.Result result =
      craft.compare(model, side(without0, TWO), side(without1, FIVE), Run.of(0));

  private static TwoClasses.Side side(PlantedPictures pictures, Target target) {
    return new TwoClasses.Side(pictures, pictures.crops(), target);
  }

  /** The planted concept that each found one is, by its largest feature: three each. */
  private int planted(int k) {
    Tensor atoms = result.bank().dictionary().atoms();
    int best = 0;
    for (int f = 1; f < PlantedModel.FEATURES; f++) {
      best = atoms.get(k, f) > atoms.get(k, best) ? f : best;
    }
    return best / 3;
  }

  @Test
  void whatOneClassLacksTellsThemApart() {
    Set<Integer> seen = new HashSet<>();
    for (int k = 0; k < R; k++) {
      OfConcept of = result.contrast().concepts().get(k);
      int truth = planted(k);
      seen.add(truth);
      if (truth < 2) {
        assertEquals(Decision.YES, of.difference().differs(), "concept " + truth);
        // The first class lacks 0, the second lacks 1.
        assertEquals(truth == 0 ? -1 : 1, Math.signum(of.difference().delta()));
      } else {
        // The same pictures: what is left is how the missing concept bends the codes of others.
        assertEquals(Decision.NO, of.difference().differs(), "concept " + truth + ": " + of);
      }
    }
    assertEquals(R, seen.size());
  }

  @Test
  void eachLogitIsAskedOnItsOwnPictures() {
    for (int k = 0; k < R; k++) {
      assertEquals(truth(without0, planted(k), 2), used(k, true), 0.05, "concept " + k);
      assertEquals(truth(without1, planted(k), 5), used(k, false), 0.05, "concept " + k);
    }
    assertEquals("affine-exact", result.a().importance().estimator());
    // Concepts are in the order of the two classes' mean.
    for (int k = 1; k < R; k++) {
      assertTrue(used(k - 1, true) + used(k - 1, false) >= used(k, true) + used(k, false));
    }
  }

  private double used(int k, boolean first) {
    OfConcept of = result.contrast().concepts().get(k);
    return (first ? of.useA() : of.useB()).total();
  }

  /** c² / Σ c² of what each planted concept adds to a logit, averaged over pictures. */
  private double truth(PlantedPictures pictures, int concept, int output) {
    double mean = 0;
    for (int i = 0; i < pictures.size(); i++) {
      double all = 0;
      double own = 0;
      for (int k = 0; k < R; k++) {
        double c = pictures.strength(i, k) * model.effect(model.atoms(), k, output);
        all += c * c;
        own = k == concept ? c * c : own;
      }
      mean += all > 0 ? own / all / pictures.size() : 0;
    }
    return mean;
  }

  @Test
  void whatTheModelSaysIsKept() {
    assertEquals(40, result.a().logits().rows());
    assertEquals(40 * 9, result.b().unitCodes().rows());
    assertTrue(result.a().reconstruction().r2() > 0.9);
    assertTrue(result.a().reconstruction().r2() > result.a().randomReconstruction().r2());
  }

  @Test
  void aClassIsNotComparedWithItself() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> craft.compare(model, side(without0, TWO), side(without1, TWO), Run.of(0)))
            .getMessage();
    assertEquals("classes: two different ones, found 'two' twice", message);
    assertThrows(
        IllegalArgumentException.class,
        () -> new TwoClasses(Nmf.of(R), AutoImportance.defaults(), Contrast.DEFAULT, 0));
  }
}
