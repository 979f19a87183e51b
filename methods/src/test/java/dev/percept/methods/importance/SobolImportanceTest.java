package dev.percept.methods.importance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Importance;
import dev.percept.core.MaskedScore;
import dev.percept.core.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SobolImportanceTest {
  private static final double[] ISHIGAMI = {0.5576, 0.4424, 0.2437};

  @Test
  void ishigamisIndicesAreFound() {
    SobolImportance sobol = new SobolImportance(8, 1024, 1, 0);
    Importance importance = sobol.estimate(List.of(Scores.ishigami()), Run.of(0));
    assertEquals("jansen", importance.estimator());
    assertEquals(8192, importance.designs());
    for (int i = 0; i < 3; i++) {
      assertEquals(ISHIGAMI[i], importance.concepts().get(i).total(), 0.005);
    }
  }

  @Test
  void intervalsCoverTheTruthAboutNineteenTimesInTwenty() {
    // Affine truth at a small design, where bias would show; 400 independent runs of 5 concepts
    // each. Concepts of one run are dependent, so the bounds are those of about 400 trials with
    // four standard errors (0.011 each), and intervals may be a little too wide.
    double[] c = {3, 2, 1, 1, 0.5};
    double squares = Arrays.stream(c).map(x -> x * x).sum();
    covered(Scores.affine(1, c), Arrays.stream(c).map(x -> x * x / squares).toArray(), 4);
  }

  @Test
  void intervalsCoverTheTruthWhereConceptsInteract() {
    covered(Scores.ishigami(), ISHIGAMI, 16);
  }

  private static void covered(MaskedScore score, double[] truth, int designs) {
    SobolImportance sobol = new SobolImportance(8, designs, 1, 0);
    int inside = 0;
    double[] mean = new double[truth.length];
    int runs = 400;
    for (int seed = 0; seed < runs; seed++) {
      Importance importance = sobol.estimate(List.of(score, score), Run.of(seed).withThreads(1));
      for (int i = 0; i < truth.length; i++) {
        Importance.OfConcept c = importance.concepts().get(i);
        inside += c.low() <= truth[i] && truth[i] <= c.high() ? 1 : 0;
        mean[i] += c.total() / runs;
      }
    }
    double coverage = (double) inside / (runs * truth.length);
    assertTrue(coverage > 0.906 && coverage < 0.99, "coverage " + coverage);
    for (int i = 0; i < truth.length; i++) {
      assertEquals(truth[i], mean[i], 0.02 * truth[i] + 0.002, "bias of concept " + i);
    }
  }

  @Test
  void theIndexOfAConceptDoesNotMatter() {
    // Equal weights: the published default design gives 0.010 to the first and 0.0015 to the last.
    double[] c = new double[20];
    Arrays.fill(c, 1);
    List<MaskedScore> examples = new ArrayList<>();
    for (int e = 0; e < 50; e++) {
      examples.add(Scores.affine(0, c));
    }
    Importance importance = new SobolImportance(8, 16, 1, 0).estimate(examples, Run.of(5));
    for (Importance.OfConcept concept : importance.concepts()) {
      assertEquals(0.05, concept.total(), 0.005);
      assertEquals(1, concept.sign());
    }
  }

  @Test
  void permutedConceptsHavePermutedImportances() {
    SobolImportance sobol = new SobolImportance(8, 256, 1, 0);
    MaskedScore plain = Scores.of(3, m -> m[0] * m[1] + 2 * m[2] * m[2]);
    MaskedScore turned = Scores.of(3, m -> m[2] * m[0] + 2 * m[1] * m[1]);
    Importance a = sobol.estimate(List.of(plain), Run.of(1));
    Importance b = sobol.estimate(List.of(turned), Run.of(1));
    int[] where = {2, 0, 1};
    for (int i = 0; i < 3; i++) {
      // Other points of the design: equal within the sampling error of 2,048 designs.
      assertEquals(a.concepts().get(i).total(), b.concepts().get(where[i]).total(), 0.01);
    }
  }

  @Test
  void aConstantScoreGivesZeroAndNotNan() {
    Importance importance =
        SobolImportance.defaults().estimate(List.of(Scores.affine(7, 0, 0)), Run.of(0));
    assertTrue(importance.settled());
    for (Importance.OfConcept c : importance.concepts()) {
      assertEquals(new Importance.OfConcept(0, 0, 0, 0, 1, 0), c);
    }
  }

  @Test
  void signsAreThoseOfTheEffect() {
    MaskedScore score = Scores.of(3, m -> m[0] * m[0] - Math.sqrt(m[1]));
    Importance importance = SobolImportance.defaults().estimate(List.of(score), Run.of(0));
    assertEquals(1, importance.concepts().get(0).sign());
    assertEquals(-1, importance.concepts().get(1).sign());
    assertEquals(0, importance.concepts().get(2).sign());
    assertEquals(0, importance.concepts().get(2).total());
  }

  @Test
  void itGrowsUntilTheRankingIsSettledOrTheBudgetIsSpent() {
    MaskedScore close = Scores.affine(0, 1, 1.08);
    Importance rough = new SobolImportance(8, 4, 1, 0).estimate(List.of(close), Run.of(2));
    assertFalse(rough.settled());
    assertEquals(32, rough.designs());
    Importance fine = SobolImportance.defaults().estimate(List.of(close), Run.of(2));
    assertTrue(fine.settled());
    assertTrue(fine.designs() > 32);
    Importance.OfConcept a = fine.concepts().get(0);
    Importance.OfConcept b = fine.concepts().get(1);
    assertTrue(
        a.high() < b.low() || Math.max(a.high(), b.high()) - Math.min(a.low(), b.low()) < 0.01);
    Importance spent =
        new SobolImportance(8, 4, 5000, 0).estimate(List.of(Scores.affine(0, 1, 1)), Run.of(2));
    assertFalse(spent.settled());
    // 8 x 128 x 3 = 3,072 masks fit, twice that does not.
    assertEquals(1024, spent.designs());
  }

  @Test
  void growingGivesWhatOneLargeDesignGives() {
    // Equal roles: never settled.
    MaskedScore score = Scores.of(2, m -> Math.max(m[0], m[1]));
    Importance grown = new SobolImportance(8, 4, 8 * 64 * 3, 0).estimate(List.of(score), Run.of(9));
    Importance atOnce = new SobolImportance(8, 64, 1, 0).estimate(List.of(score), Run.of(9));
    assertEquals(8 * 64, grown.designs());
    // Same points in other batches.
    assertArrayEquals(grown.perExample().toArray(), atOnce.perExample().toArray(), 1e-6f);
  }

  @Test
  void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads() {
    RandomGenerator random = Run.of(0).random("x");
    List<MaskedScore> examples = new ArrayList<>();
    for (int e = 0; e < 7; e++) {
      double w = random.nextDouble();
      examples.add(Scores.of(3, m -> Math.max(0, w * m[0] - m[1] * m[2])));
    }
    SobolImportance sobol = new SobolImportance(4, 4, 1, 0);
    Importance one = sobol.estimate(examples, Run.of(3).withThreads(1));
    Importance four = sobol.estimate(examples, Run.of(3).withThreads(4));
    assertEquals(one.concepts(), four.concepts());
    Importance other = sobol.estimate(examples, Run.of(4));
    assertFalse(one.concepts().equals(other.concepts()));
  }

  @Test
  void unfitOptionsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SobolImportance(1, 4, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new SobolImportance(8, 3, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new SobolImportance(8, 4, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new SobolImportance(8, 4, 1, Double.NaN));
  }
}
