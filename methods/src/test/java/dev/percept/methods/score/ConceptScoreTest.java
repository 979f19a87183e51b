package dev.percept.methods.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.CutGradient;
import dev.percept.core.Dictionary;
import dev.percept.core.RectifierRule;
import dev.percept.core.Run;
import dev.percept.core.ScoreGradient;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.factorization.EverySupport;
import dev.percept.methods.factorization.NearestBank;
import dev.percept.methods.factorization.NonNegativeBank;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ConceptScoreTest {
  private static final Run RUN = Run.of(5);
  private static final int R = 4;
  private static final int P = PatchNetwork.FEATURES;
  private static final int N = 6;

  private final PatchNetwork model = new PatchNetwork();
  private final float[] atoms = atoms();
  private final NonNegativeBank bank = bank(atoms);
  private final Tensor inputs = PatchNetwork.inputs(N);

  private static float[] atoms() {
    RandomGenerator random = RUN.random("atoms");
    float[] atoms = new float[R * P];
    for (int i = 0; i < atoms.length; i++) {
      atoms[i] = (float) Math.abs(random.nextGaussian());
    }
    return atoms;
  }

  private static NonNegativeBank bank(float[] atoms) {
    return NonNegativeBank.of(new Dictionary(Tensor.of(Shape.of(R, P), atoms), null), false);
  }

  /** The score of one input in double precision, with codes found by trying every support. */
  private double score(double[] input, int concept, int location) {
    EverySupport every = new EverySupport(atoms, R, P);
    double sum = 0;
    for (int l = 0; l < PatchNetwork.LOCATIONS; l++) {
      if (location == CodeChoice.ALL || location == l) {
        sum += every.codes(model.location(input, l))[concept];
      }
    }
    return sum;
  }

  @Test
  void scoresAreSumsOfCodesOrTheCodeOfALocation() {
    float[] sums = ConceptScore.sum(model, bank, 2, RUN).score(inputs);
    float[] places = ConceptScore.at(model, bank, 1, 4, RUN).score(inputs);
    for (int i = 0; i < N; i++) {
      double[] input = PatchNetwork.input(inputs, i);
      // Sums of nine float32 codes of size 1.
      assertEquals(score(input, 2, CodeChoice.ALL), sums[i], 1e-5);
      assertEquals(score(input, 1, 4), places[i], 1e-5);
    }
    assertArrayEquals(sums, DifferentiableConceptScore.sum(model, bank, 2, RUN).score(inputs));
  }

  @Test
  void theWholeChainAgreesWithFiniteDifferencesInDoublePrecision() {
    int active = 0;
    for (int location : new int[] {CodeChoice.ALL, 3}) {
      for (int k = 0; k < R; k++) {
        ScoreGradient gradient = score(k, location).gradient(inputs);
        for (int i = 0; i < N; i++) {
          double[] input = PatchNetwork.input(inputs, i);
          for (int j = 0; j < input.length; j++) {
            double step = 1e-6;
            double at = input[j];
            input[j] = at + step;
            double up = score(input, k, location);
            input[j] = at - step;
            double down = score(input, k, location);
            input[j] = at;
            float found = gradient.gradients().get(i * input.length + j);
            // Gradients of size 1 to 10 in float32; the differences lose 1e-15 / 1e-6.
            assertEquals((up - down) / (2 * step), found, 1e-5, "concept " + k + " input " + j);
            active += found != 0 ? 1 : 0;
          }
        }
      }
    }
    assertTrue(active > 300, "non-zero gradients: " + active);
  }

  private DifferentiableConceptScore score(int concept, int location) {
    return location == CodeChoice.ALL
        ? DifferentiableConceptScore.sum(model, bank, concept, RUN)
        : DifferentiableConceptScore.at(model, bank, concept, location, RUN);
  }

  @Test
  void oneForwardPassIsEnough() {
    model.forwards.set(0);
    score(0, CodeChoice.ALL).gradient(inputs);
    assertEquals(N, model.forwards.get());
    model.forwards.set(0);
    score(0, CodeChoice.ALL).atCut(inputs);
    assertEquals(N, model.forwards.get());
  }

  /** Activations times gradients at the cut add up to the codes: they are linear on a support. */
  @Test
  void atTheCutContributionsAddUpToTheCode() {
    for (int k = 0; k < R; k++) {
      CutGradient cut = score(k, CodeChoice.ALL).atCut(inputs);
      int each = PatchNetwork.LOCATIONS * P;
      for (int i = 0; i < N; i++) {
        double sum = 0;
        for (int j = 0; j < each; j++) {
          sum += cut.activations().values().get(i * each + j) * cut.gradients().get(i * each + j);
        }
        assertEquals(cut.scores().get(i), sum, 1e-4);
      }
    }
  }

  @Test
  void aLocationWithoutTheConceptContributesNothing() {
    int silent = 0;
    for (int k = 0; k < R; k++) {
      Tensor codes = bank.encode(model.activations(inputs).matrix(), RUN);
      Tensor gradients = score(k, CodeChoice.ALL).gradient(inputs).gradients();
      for (int row = 0; row < N * PatchNetwork.LOCATIONS; row++) {
        if (codes.get(row, k) > 0) {
          continue;
        }
        silent++;
        for (int j = 0; j < 8; j++) {
          int place = PatchNetwork.place(row % PatchNetwork.LOCATIONS, j);
          assertEquals(0, gradients.get(row / PatchNetwork.LOCATIONS * 72 + place));
        }
      }
    }
    assertTrue(silent > 20, "locations without the concept: " + silent);
  }

  @Test
  void permutedConceptsPermuteTheMaps() {
    int[] order = {2, 0, 3, 1};
    float[] permuted = new float[R * P];
    for (int k = 0; k < R; k++) {
      System.arraycopy(atoms, order[k] * P, permuted, k * P, P);
    }
    for (int k = 0; k < R; k++) {
      ScoreGradient mine =
          DifferentiableConceptScore.sum(model, bank(permuted), k, RUN).gradient(inputs);
      ScoreGradient theirs = score(order[k], CodeChoice.ALL).gradient(inputs);
      // Sums of doubles in another order, rounded to float32.
      assertArrayEquals(theirs.scores().toArray(), mine.scores().toArray(), 1e-5f);
      assertArrayEquals(theirs.gradients().toArray(), mine.gradients().toArray(), 1e-5f);
    }
  }

  @Test
  void anInputAloneHasTheBitsThatItHasInABatch() {
    DifferentiableConceptScore score = score(1, CodeChoice.ALL);
    float[] all = score.gradient(inputs, RectifierRule.GUIDED).gradients().toArray();
    for (int i = 0; i < N; i++) {
      float[] one =
          score.gradient(inputs.slice(i, i + 1), RectifierRule.GUIDED).gradients().toArray();
      for (int j = 0; j < one.length; j++) {
        assertEquals(all[i * one.length + j], one[j]);
      }
    }
  }

  @Test
  void dependentLocationsAreCounted() {
    DifferentiableConceptScore score = score(0, CodeChoice.ALL);
    score.gradient(inputs);
    assertEquals(N * PatchNetwork.LOCATIONS, score.locations());
    assertEquals(0, score.dependentLocations());
    // Two atoms on either side of the activations of one location, so close that its code uses
    // both and they all but depend on one another.
    Tensor a = model.activations(inputs).matrix();
    int row = 4;
    float[] twins = new float[R * P];
    double norm = 0;
    for (int f = 0; f < P; f++) {
      norm = Math.hypot(norm, a.get(row, f));
    }
    for (int f = 0; f < P; f++) {
      float apart = (float) (2e-5 * norm * (f == 0 ? 1 : 0));
      twins[f] = a.get(row, f) + apart;
      twins[P + f] = a.get(row, f) - apart;
    }
    DifferentiableConceptScore twin = DifferentiableConceptScore.sum(model, bank(twins), 0, RUN);
    twin.gradient(inputs);
    assertTrue(twin.dependentLocations() > 0, "the location uses both twins");
    assertTrue(twin.dependentLocations() < twin.locations());
  }

  @Test
  void banksWithoutADerivativeStillHaveABlackBoxScore() {
    NearestBank nearest = new NearestBank(bank.dictionary());
    float[] sum = new float[N];
    for (int k = 0; k < R; k++) {
      float[] scores = ConceptScore.sum(model, nearest, k, RUN).score(inputs);
      for (int i = 0; i < N; i++) {
        sum[i] += scores[i];
      }
    }
    for (float s : sum) {
      assertEquals(PatchNetwork.LOCATIONS, s, "each location has one concept");
    }
  }

  @Test
  void whatDoesNotFitIsRefusedByName() {
    assertRefused("concept: 0 to 3, found 4", () -> ConceptScore.sum(model, bank, 4, RUN));
    assertRefused("concept: 0 to 3, found -1", () -> score(-1, CodeChoice.ALL));
    assertRefused("location: 0 to 8, found 9", () -> score(0, 9));
    assertRefused("location: at least 0, found -1", () -> ConceptScore.at(model, bank, 0, -1, RUN));
    NonNegativeBank wide =
        NonNegativeBank.of(new Dictionary(Tensor.zeros(Shape.of(2, P + 1)), null), false);
    assertRefused(
        "bank: expected 7 features, as the model has at its cut, found 8",
        () -> ConceptScore.sum(model, wide, 0, RUN));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
