package dev.percept.methods.contrast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.contrast.ClassContrast.OfConcept;
import dev.percept.methods.metric.Percentiles;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Quadrants of classes whose truth is known. */
class ContrastTest {
  private static final Run RUN = Run.of(3);

  /** As the default, with fewer draws, where many comparisons are made. */
  private static final Contrast QUICK = new Contrast(0.5, 199, 400, 10);

  /** A's own, B's own, both's, A's own but unused, both's but unused, the same again. */
  private static final double[] IN_A = {1, 0.02, 1, 1, 1, 0.5};

  private static final double[] IN_B = {0.02, 1, 1, 0.02, 1, 0.5};
  private static final double[] FOR_A = {1, 0.3, 1, 0.05, 0.05, -0.05};
  private static final double[] FOR_B = {0.3, 1, 1, 0.05, 0.05, -0.05};
  private static final Quadrant[] TRUTH = {
    Quadrant.DISCRIMINATING_USED,
    Quadrant.DISCRIMINATING_USED,
    Quadrant.SHARED_USED,
    Quadrant.DISCRIMINATING_UNUSED,
    Quadrant.NEGLIGIBLE,
    Quadrant.NEGLIGIBLE
  };

  private static ClassContrast planted(int n, long seed) {
    RandomGenerator random = Run.of(seed).random("test");
    return Contrast.DEFAULT.measure(
        PlantedClasses.of(n, IN_A, 0.9, FOR_A, random),
        PlantedClasses.of(n, IN_B, 0.9, FOR_B, random),
        Run.of(seed));
  }

  @Test
  void plantedConceptsStandWhereTheyWerePlanted() {
    for (long seed = 0; seed < 10; seed++) {
      ClassContrast found = planted(200, seed);
      for (int k = 0; k < TRUTH.length; k++) {
        OfConcept of = found.concepts().get(k);
        // An interval may leave a question open; it must not give the wrong answer.
        assertTrue(
            of.quadrant() == TRUTH[k] || of.quadrant() == Quadrant.UNDECIDED,
            "seed " + seed + ", concept " + k + ": " + of);
        // Where Δ of 1 stands against a spread of 0.4, and the index against 1/6, nothing is open.
        if (k < 4) {
          assertEquals(TRUTH[k], of.quadrant(), "seed " + seed + ", concept " + k + ": " + of);
        }
      }
      assertEquals(Decision.YES, found.concepts().get(2).overlaps());
      assertEquals(Decision.NO, found.concepts().get(0).overlaps());
    }
  }

  @Test
  void pairsThatOverlapAreToldFromPairsThatDoNot() {
    double[] shared = {0.2, 0.2, 1, 1};
    double[] one = {1, 0.02, 0.3, 0.3};
    double[] other = {0.02, 1, 0.3, 0.3};
    double[] effect = {1, 1, 1, 1};
    for (long seed = 0; seed < 10; seed++) {
      RandomGenerator random = Run.of(seed).random("pairs");
      ClassContrast same =
          Contrast.DEFAULT.measure(
              PlantedClasses.of(250, shared, 0.8, effect, random),
              PlantedClasses.of(250, shared, 0.8, effect, random),
              Run.of(seed));
      assertEquals(Overlap.Verdict.OVERLAPPING, same.overlap().verdict(), same.toString());
      ClassContrast apart =
          Contrast.DEFAULT.measure(
              PlantedClasses.of(250, one, 0.8, effect, random),
              PlantedClasses.of(250, other, 0.8, effect, random),
              Run.of(seed));
      assertEquals(Overlap.Verdict.DISTINCT, apart.overlap().verdict(), apart.toString());
    }
  }

  @Test
  void anAffineHeadHasTheClosedForm() {
    double[] c = {3, -2, 1, 0};
    double[] once = {1, 1, 1, 1};
    ClassCodes a = exact(20, once, c);
    ClassContrast found = Contrast.DEFAULT.measure(a, exact(20, once, c), RUN);
    for (int k = 0; k < c.length; k++) {
      // Float32 logits.
      assertEquals(c[k] * c[k] / 14, found.concepts().get(k).useA().total(), 1e-5);
      assertEquals((int) Math.signum(c[k]), found.concepts().get(k).useA().sign());
    }
    // All indices of an example add up to 1, so an equal share of 4 is a quarter.
    assertEquals(0.25, found.thresholds().usedA(), 1e-6);
  }

  /** Every example the same, one location: nothing but what was written down. */
  private static ClassCodes exact(int n, double[] codes, double[] effect) {
    float[] u = new float[n * codes.length];
    for (int i = 0; i < u.length; i++) {
      u[i] = (float) codes[i % codes.length];
    }
    RandomGenerator still = () -> 0;
    Importance importance = PlantedClasses.of(n, codes, 1, effect, still).importance();
    return new ClassCodes(Tensor.wrap(Shape.of(n, codes.length), u), importance);
  }

  @Test
  void codesThatNeverVaryAreComparedAsTheyAre() {
    double[] effect = {1, 1};
    ClassContrast found =
        Contrast.DEFAULT.measure(
            exact(12, new double[] {1, 0}, effect), exact(12, new double[] {1, 0}, effect), RUN);
    assertEquals(0, found.concepts().get(0).difference().delta());
    assertEquals(Decision.NO, found.concepts().get(0).difference().differs());
    assertEquals(Decision.NO, found.concepts().get(1).difference().differs(), "nowhere: no unit");
    ClassContrast apart =
        Contrast.DEFAULT.measure(
            exact(12, new double[] {1, 1}, effect), exact(12, new double[] {1, 0}, effect), RUN);
    assertEquals(Decision.YES, apart.concepts().get(1).difference().differs());
  }

  @Test
  void swappedClassesSwap() {
    RandomGenerator random = RUN.random("swap");
    ClassCodes a = PlantedClasses.of(60, IN_A, 0.9, FOR_A, random);
    ClassCodes b = PlantedClasses.of(60, IN_B, 0.9, FOR_B, random);
    ClassContrast plain = Contrast.DEFAULT.measure(a, b, RUN);
    ClassContrast swapped = Contrast.DEFAULT.measure(b, a, RUN);
    for (int k = 0; k < IN_A.length; k++) {
      OfConcept one = plain.concepts().get(k);
      OfConcept two = swapped.concepts().get(k);
      assertEquals(-one.difference().delta(), two.difference().delta(), 1e-12);
      assertEquals(one.useA().total(), two.useB().total());
      assertEquals(one.useB().total(), two.useA().total());
      assertEquals(one.useA().sign(), two.useB().sign());
      // Other resamples: 2000 of them know an end to about 4 % of the interval's width.
      double width = one.difference().high() - one.difference().low();
      assertEquals(-one.difference().high(), two.difference().low(), 0.1 * width);
      assertEquals(one.difference().differs(), two.difference().differs());
    }
    assertEquals(plain.thresholds().usedA(), swapped.thresholds().usedB());
  }

  @Test
  void permutedConceptsArePermuted() {
    RandomGenerator random = RUN.random("permute");
    ClassCodes a = PlantedClasses.of(40, IN_A, 0.9, FOR_A, random);
    ClassCodes b = PlantedClasses.of(50, IN_B, 0.9, FOR_B, random);
    int[] order = {3, 0, 5, 2, 1, 4};
    ClassContrast plain = Contrast.DEFAULT.measure(a, b, RUN);
    ClassContrast turned =
        Contrast.DEFAULT.measure(
            PlantedClasses.permuted(a, order), PlantedClasses.permuted(b, order), RUN);
    for (int k = 0; k < order.length; k++) {
      assertEquals(plain.concepts().get(order[k]), turned.concepts().get(k));
    }
    assertEquals(plain.thresholds().chance(), turned.thresholds().chance());
  }

  @Test
  void twoSamplesOfOneClassDifferInNothing() {
    int wrong = 0;
    Map<Decision, Integer> decisions = new EnumMap<>(Decision.class);
    int runs = 60;
    for (long seed = 0; seed < runs; seed++) {
      RandomGenerator random = Run.of(seed).random("same");
      ClassContrast found =
          QUICK.measure(
              PlantedClasses.of(80, IN_A, 0.6, FOR_A, random),
              PlantedClasses.of(80, IN_A, 0.6, FOR_A, random),
              Run.of(seed));
      wrong +=
          found.concepts().stream().anyMatch(c -> c.difference().differs() == Decision.YES) ? 1 : 0;
      found.concepts().forEach(c -> decisions.merge(c.difference().differs(), 1, Integer::sum));
    }
    // 5 % of 60 comparisons are 3; more than 7 happen by chance in less than 1.2 % of all worlds,
    // and a whole interval beyond the chance level is asked for, which is much rarer.
    assertTrue(wrong <= 7, wrong + " of " + runs);
    // With 80 examples most of it can also be told.
    assertTrue(
        decisions.getOrDefault(Decision.NO, 0) > runs * IN_A.length / 2, decisions.toString());
  }

  @Test
  void fourExamplesSayNothing() {
    for (long seed = 0; seed < 10; seed++) {
      ClassContrast found = planted(4, seed);
      assertTrue(found.tooFew());
      for (OfConcept of : found.concepts()) {
        assertEquals(Quadrant.UNDECIDED, of.quadrant());
        assertEquals(Decision.UNDECIDED, of.difference().differs());
        assertEquals(Decision.UNDECIDED, of.useA().used());
        assertEquals(Decision.UNDECIDED, of.overlaps());
      }
      assertEquals(Overlap.Verdict.UNDECIDED, found.overlap().verdict());
      assertEquals(1, found.overlap().undecided(), 1e-12);
    }
  }

  @Test
  void manyExamplesDoNotMakeASmallDifferenceALargeOne() {
    RandomGenerator random = RUN.random("small");
    double[] effect = {1, 1};
    ClassContrast found =
        QUICK.measure(
            PlantedClasses.of(4000, new double[] {1, 1}, 1, effect, random),
            PlantedClasses.of(4000, new double[] {1.06, 1}, 1, effect, random),
            RUN);
    ClassContrast.Difference d = found.concepts().get(0).difference();
    // A fifth of the spread: beyond chance, and yet most examples are alike.
    assertTrue(d.high() < 0, "told from none");
    assertEquals(Decision.NO, d.differs());
  }

  @Test
  void aRareConceptOfOneClassDiffers() {
    RandomGenerator random = RUN.random("rare");
    double[] effect = {1, 1};
    ClassContrast found =
        Contrast.DEFAULT.measure(
            PlantedClasses.of(600, new double[] {1, 1}, 0.1, effect, random),
            PlantedClasses.of(600, new double[] {0, 1}, 0.1, effect, random),
            RUN);
    // Less than half of the spread within a class, but the other class has none of it.
    ClassContrast.Difference d = found.concepts().get(0).difference();
    assertEquals(1, d.size(), 1e-9, "all of it lies in one class");
    assertEquals(Decision.YES, d.differs());
    assertNotEquals(Decision.YES, found.concepts().get(1).difference().differs());
  }

  @Test
  void theSameSeedGivesTheSame() {
    assertEquals(planted(30, 5), planted(30, 5));
    assertNotEquals(planted(30, 5).thresholds(), planted(30, 6).thresholds());
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    ClassCodes two = exact(12, new double[] {1, 1}, new double[] {1, 1});
    ClassCodes three = exact(12, new double[] {1, 1, 1}, new double[] {1, 1, 1});
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> Contrast.DEFAULT.measure(two, three, RUN))
            .getMessage();
    assertEquals("classes: codes of the same concepts, found 2 and 3 concepts", message);
    assertThrows(
        IllegalArgumentException.class,
        () -> new ClassCodes(Tensor.zeros(Shape.of(11, 2)), two.importance()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ClassCodes(Tensor.zeros(Shape.of(0, 2)), two.importance()));
    float[] bad = new float[24];
    bad[5] = Float.NaN;
    assertThrows(
        IllegalArgumentException.class,
        () -> new ClassCodes(Tensor.of(Shape.of(12, 2), bad), two.importance()));
    List<Runnable> options =
        List.of(
            () -> new Contrast(0, 999, 2000, 10),
            () -> new Contrast(Double.NaN, 999, 2000, 10),
            () -> new Contrast(0.5, 10, 2000, 10),
            () -> new Contrast(0.5, 999, 10, 10),
            () -> new Contrast(0.5, 999, 2000, 1));
    for (Runnable option : options) {
      assertThrows(IllegalArgumentException.class, option::run);
    }
  }

  @Test
  void intervalsCoverWhatTheySay() {
    RandomGenerator random = RUN.random("coverage");
    for (int n : new int[] {4, 10, 24}) {
      int covered = 0;
      int plainly = 0;
      int tries = 400;
      for (int t = 0; t < tries; t++) {
        double[][] values = new double[n][1];
        Arrays.setAll(values, i -> new double[] {1 - Math.log(1 - random.nextDouble())});
        double[] draws =
            Arrays.stream(Resamples.means(values, 600, random)).mapToDouble(m -> m[0]).toArray();
        double[] interval = Percentiles.interval(draws, n);
        covered += interval[0] <= 2 && 2 <= interval[1] ? 1 : 0;
        plainly += draws[15] <= 2 && 2 <= draws[584] ? 1 : 0;
      }
      // One mean of exponential values is a hard case: skewed and few. 0.03 is two standard errors
      // of 400 tries at 0.9.
      assertTrue(covered >= (n < 10 ? 0.82 - 0.04 : 0.9 - 0.03) * tries, n + ": " + covered);
      assertTrue(covered >= plainly + (n < 10 ? 0.04 * tries : 0), n + ": " + plainly);
    }
  }
}
