package dev.percept.methods.importance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.DifferentiableMaskedScore;
import dev.percept.core.Importance;
import dev.percept.core.Importance.OfConcept;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** What every estimator owes, on scores that are affine in their masks. */
abstract class ImportanceEstimatorContract {
  private static final Run RUN = Run.of(7);
  private static final double[] C = {3, -2, 1.2, -0.5, 0};

  /** The estimator. */
  abstract ImportanceEstimator<? super DifferentiableMaskedScore> estimator();

  /** Its scale. */
  abstract Importance.Scale scale();

  /**
   * How far its totals may be from the closed form, in parts of the largest one: a few float32
   * roundings where it is exact on affine scores, some standard errors where it samples.
   */
  abstract double tolerance();

  /** What affine scores with these contributions have for totals, up to a factor if dependence. */
  private double[] truth(double... c) {
    double squares = Arrays.stream(c).map(v -> v * v).sum();
    return switch (scale()) {
      case VARIANCE, DEPENDENCE, SHARE -> Arrays.stream(c).map(v -> v * v / squares).toArray();
      case SCORE -> Arrays.stream(c).map(Math::abs).toArray();
    };
  }

  private Importance estimate(DifferentiableMaskedScore... examples) {
    return estimator().estimate(List.of(examples), RUN);
  }

  @Test
  void affineScoresHaveTheClosedFormAndItsSigns() {
    Importance found = estimate(Scores.straight(1, C));
    assertEquals(scale(), found.scale());
    double[] truth = truth(C);
    for (int k = 0; k < C.length; k++) {
      OfConcept of = found.concepts().get(k);
      assertTrue(of.low() <= of.total() && of.total() <= of.high(), of.toString());
      if (scale() != Importance.Scale.DEPENDENCE) {
        assertEquals(truth[k], of.total(), tolerance() * truth[0], "concept " + k);
      }
      if (scale().signed()) {
        assertEquals(C[k], found.perExample().get(0, k), tolerance() * truth[0]);
      }
      if (C[k] != 0) {
        assertEquals((int) Math.signum(C[k]), of.sign(), "concept " + k);
      }
    }
    // The order of all that matters, whatever the scale.
    for (int k = 0; k + 2 < C.length; k++) {
      assertTrue(found.concepts().get(k).total() > found.concepts().get(k + 1).total());
    }
  }

  @Test
  void permutedConceptsHavePermutedImportances() {
    Importance plain = estimate(Scores.straight(0, 1, -2, 4));
    Importance turned = estimate(Scores.straight(0, 4, 1, -2));
    for (int k = 0; k < 3; k++) {
      OfConcept a = plain.concepts().get(k);
      OfConcept b = turned.concepts().get((k + 1) % 3);
      // Each is as far from the truth as the contract above allows.
      double largest = plain.concepts().get(2).total();
      assertEquals(a.total(), b.total(), 2 * tolerance() * largest);
      assertEquals(a.sign(), b.sign());
    }
  }

  @Test
  void aConstantScoreHasNoImportance() {
    for (OfConcept of : estimate(Scores.straight(7, 0, 0)).concepts()) {
      assertEquals(0, of.total());
      assertEquals(0, of.sign());
    }
  }

  @Test
  void examplesAreAveragedAndBootstrapped() {
    Importance found =
        estimate(
            Scores.straight(0, 3, 1, 0.2),
            Scores.straight(0, -2, 1, 0.2),
            Scores.straight(2, 1, 2, 0.2));
    assertEquals(Shape.of(3, 3), found.perExample().shape());
    for (int k = 0; k < 3; k++) {
      double sum = 0;
      for (int e = 0; e < 3; e++) {
        double v = found.perExample().get(e, k);
        sum += scale().signed() ? Math.abs(v) : v;
      }
      OfConcept of = found.concepts().get(k);
      // The total is kept in float64, each example in float32.
      assertEquals(Math.max(0, sum / 3), of.total(), 1e-6 * (1 + of.total()));
      assertTrue(of.dataLow() <= of.total() && of.total() <= of.dataHigh(), of.toString());
    }
    assertTrue(found.concepts().get(0).dataLow() < found.concepts().get(0).dataHigh());
  }

  @Test
  void anExampleIsWorthTheSameBesideOthers() {
    // The first one: draws belong to an example's position.
    DifferentiableMaskedScore score = Scores.straight(0, 3, 1);
    Importance alone = estimate(score);
    Importance beside = estimate(score, Scores.straight(0, -9, 1));
    for (int k = 0; k < 2; k++) {
      assertEquals(alone.perExample().get(0, k), beside.perExample().get(0, k));
    }
    OfConcept of = alone.concepts().get(0);
    assertEquals(0, of.dataLow(), "one example says nothing about others");
    assertTrue(of.dataHigh() >= 1);
  }

  @Test
  void theSeedDecidesAndNothingElseDoes() {
    List<DifferentiableMaskedScore> examples =
        List.of(
            Scores.straight(0, 3, 1, 2), Scores.straight(0, -1, 1, 0), Scores.straight(0, 1, 2, 3));
    Importance one = estimator().estimate(examples, RUN.withThreads(1));
    Importance two = estimator().estimate(examples, RUN.withThreads(2));
    assertEquals(one.concepts(), two.concepts());
    Importance other = estimator().estimate(examples, RUN.withSeed(8));
    assertEquals(one.designs() > 0 && isRandomOnAffine(), !sameTotals(one, other));
  }

  /** Whether affine scores get other totals with another seed. */
  boolean isRandomOnAffine() {
    return true;
  }

  private static boolean sameTotals(Importance a, Importance b) {
    return a.concepts().stream()
        .map(OfConcept::total)
        .toList()
        .equals(b.concepts().stream().map(OfConcept::total).toList());
  }

  @Test
  void sharesAddUpUnlessTheyAreOfVariance() {
    Importance found = estimate(Scores.straight(0, C), Scores.straight(0, 1, 1, 1, 1, 1));
    Importance shares = found.shares();
    double sum = shares.concepts().stream().mapToDouble(OfConcept::total).sum();
    if (scale() == Importance.Scale.VARIANCE) {
      assertEquals(found, shares);
    } else {
      assertEquals(Importance.Scale.SHARE, shares.scale());
      assertEquals(1, sum, 1e-12);
      double ratio = found.concepts().get(1).total() / found.concepts().get(0).total();
      assertEquals(
          ratio, shares.concepts().get(1).total() / shares.concepts().get(0).total(), 1e-9);
    }
    for (OfConcept of : shares.concepts()) {
      assertTrue(of.low() >= 0 && of.dataHigh() <= 1.0001, of.toString());
    }
    Importance none = estimate(Scores.straight(7, 0, 0)).shares();
    assertEquals(0, none.concepts().get(0).total());
  }

  @Test
  void unfitExamplesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> estimator().estimate(List.of(), RUN));
    assertThrows(
        IllegalArgumentException.class,
        () -> estimate(Scores.straight(0, 1), Scores.straight(0, 1, 2)));
    assertThrows(PerceptException.class, () -> estimate(Scores.straight(Double.NaN, 1, 2)));
  }

  @Test
  void itCanBeCancelled() {
    Run cancelled = Run.of(1);
    cancelled.cancel();
    assertThrows(
        CancellationException.class,
        () ->
            estimator().estimate(List.of(Scores.straight(0, 1), Scores.straight(0, 2)), cancelled));
  }
}
