package dev.percept.fact;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Dictionary;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.craft.DifferentiableCodeScore;
import dev.percept.methods.importance.GradientTimesCode;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ContributionsTest {
  private static final Run RUN = Run.of(2).withThreads(2);

  /** Sums of some hundred products of float32 values, relative to the sum of magnitudes. */
  private static final double ROUNDING = 1e-5;

  private final TinyBcos net = new TinyBcos(2, 4, 1);
  private final DynamicLinearModel model = net.at(0);
  private final TinyBank bank = TinyBank.random(9, 5, 3);

  static Tensor inputs(int n) {
    RandomGenerator random = RUN.random("inputs");
    float[] values = new float[n * TinyBcos.INPUT.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Tensor.wrap(TinyBcos.INPUT.batch(n), values);
  }

  private Tensor activations(int n) {
    return model.activations(inputs(n)).values();
  }

  @Test
  void addUpToTheLogitWithoutItsConstant() {
    for (double b : new double[] {1, 1.5, 2, 3}) {
      DynamicLinearModel some = new TinyBcos(b, 4, 1).at(0);
      Tensor a = some.activations(inputs(6)).values();
      ConceptContributions all = new Contributions(some, bank).to(2, a, RUN);
      assertTrue(all.largestGap() < ROUNDING, "B = " + b + ": " + all.gaps());
      Tensor codes = bank.encode(a.reshape(6 * TinyBcos.PIXELS, 5), RUN);
      Tensor logits = some.headOfCodes(codes.reshape(6, TinyBcos.PIXELS, 9), bank.dictionary());
      for (int i = 0; i < 6; i++) {
        double sum = 0;
        for (int k = 0; k < 9; k++) {
          sum += all.contributions().get(i, k);
        }
        assertEquals(logits.get(i, 2) - TinyBcos.BIAS, sum, 1e-4);
        assertEquals(logits.get(i, 2), all.outputs().get(i, 2), 1e-5);
        assertEquals(0, all.remainder().get(i));
      }
    }
  }

  /** With B = 1 the network is a matrix: contribution = Σ_l z_lk D_k · (W_3)_c / L. */
  @Test
  void ofALinearNetworkAreTheClosedForm() {
    TinyBcos linear = new TinyBcos(1, 4, 1);
    Tensor a = linear.at(0).activations(inputs(3)).values();
    ConceptContributions all = new Contributions(linear.at(0), bank).to(1, a, RUN);
    Tensor codes = bank.encode(a.reshape(3 * TinyBcos.PIXELS, 5), RUN);
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 9; k++) {
        double presence = 0;
        for (int l = 0; l < TinyBcos.PIXELS; l++) {
          presence += codes.get(i * TinyBcos.PIXELS + l, k);
        }
        double along = 0;
        for (int j = 0; j < 5; j++) {
          along += bank.dictionary().atoms().get(k, j) * linear.layer(2)[1][j];
        }
        assertEquals(presence, all.presence().get(i, k), 1e-5);
        assertEquals(presence * along / TinyBcos.PIXELS, all.contributions().get(i, k), 1e-5);
      }
    }
  }

  @Test
  void areNotThoseOfPlainGradients() {
    Tensor a = activations(4);
    ConceptContributions exact = new Contributions(model, bank).to(0, a, RUN);
    Tensor codes = bank.encode(a.reshape(4 * TinyBcos.PIXELS, 5), RUN);
    GradientTimesCode gradients = new GradientTimesCode();
    double differ = 0;
    for (int i = 0; i < 4; i++) {
      Tensor own = codes.slice(i * TinyBcos.PIXELS, (i + 1) * TinyBcos.PIXELS);
      // The same sum by another way: slopes in masks, of the network in explanation mode.
      Importance held =
          gradients.estimate(
              List.of(new DifferentiableCodeScore(model.explanation(), bank.dictionary(), own, 0)),
              RUN);
      Importance plain =
          gradients.estimate(
              List.of(new DifferentiableCodeScore(model, bank.dictionary(), own, 0)), RUN);
      for (int k = 0; k < 9; k++) {
        assertEquals(held.perExample().get(0, k), exact.contributions().get(i, k), 1e-5);
        differ =
            Math.max(
                differ, Math.abs(plain.perExample().get(0, k) - exact.contributions().get(i, k)));
      }
    }
    assertTrue(differ > 0.01, "plain gradients differ by " + differ);
  }

  @Test
  void permutingConceptsPermutesThem() {
    int[] order = {4, 8, 1, 0, 3, 7, 2, 6, 5};
    Tensor a = activations(3);
    ConceptContributions all = new Contributions(model, bank).to(3, a, RUN);
    ConceptContributions permuted = new Contributions(model, bank.permuted(order)).to(3, a, RUN);
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 9; k++) {
        // Sums over concepts in another order.
        assertEquals(
            all.contributions().get(i, order[k]), permuted.contributions().get(i, k), 1e-5);
        assertEquals(all.presence().get(i, order[k]), permuted.presence().get(i, k), 1e-5);
      }
    }
  }

  @Test
  void aHeadThatAnswersNothingGetsNothing() {
    TinyBcos silent = net.withoutHead();
    ConceptContributions none = new Contributions(silent.at(0), bank).to(1, activations(3), RUN);
    for (float c : none.contributions().toArray()) {
      assertEquals(0, c);
    }
    assertEquals(List.of(0.0, 0.0, 0.0), none.gaps());
  }

  @Test
  void whatAnOffsetContributesIsATermOfItsOwn() {
    Dictionary dictionary =
        new Dictionary(
            bank.dictionary().atoms(), Tensor.of(Shape.of(5), 0.3f, -0.4f, 0.2f, 0.9f, -0.1f));
    TinyBank withOffset = new TinyBank(bank.encoder(), 0, dictionary);
    ConceptContributions all = new Contributions(model, withOffset).to(0, activations(5), RUN);
    assertTrue(all.largestGap() < ROUNDING, "" + all.gaps());
    for (int i = 0; i < 5; i++) {
      double sum = all.remainder().get(i);
      assertTrue(Math.abs(sum) > 1e-3, "remainder " + sum);
      for (int k = 0; k < 9; k++) {
        sum += all.contributions().get(i, k);
      }
      assertEquals(all.explained().get(i), sum, 1e-4);
    }
  }

  @Test
  void ofLocationsAddUpToThoseOfPictures() {
    ConceptContributions all =
        new Contributions(model, bank).byLocation().to(0, activations(2), RUN);
    Tensor each = requireNonNull(all.atLocations());
    for (int i = 0; i < 2; i++) {
      for (int k = 0; k < 9; k++) {
        double sum = 0;
        for (int l = 0; l < TinyBcos.PIXELS; l++) {
          sum += each.get((i * TinyBcos.PIXELS + l) * 9 + k);
        }
        assertEquals(all.contributions().get(i, k), sum, 1e-5);
      }
    }
    assertNull(new Contributions(model, bank).to(0, activations(2), RUN).atLocations());
  }

  @Test
  void thePredictedLogitIsThatOfEachPicture() {
    Tensor a = activations(8);
    Contributions contributions = new Contributions(model, bank);
    ConceptContributions predicted = contributions.toPredicted(a, RUN);
    assertTrue(predicted.targets().stream().distinct().count() > 1, "all the same proves little");
    for (int i = 0; i < 8; i++) {
      int target = predicted.targets().get(i);
      for (int c = 0; c < 4; c++) {
        assertTrue(predicted.outputs().get(i, c) <= predicted.outputs().get(i, target));
      }
      ConceptContributions one = contributions.to(target, a.slice(i, i + 1), RUN);
      for (int k = 0; k < 9; k++) {
        assertEquals(one.contributions().get(0, k), predicted.contributions().get(i, k));
      }
    }
  }

  @Test
  void earlyConceptsAddUpToTheLateOne() {
    TinyBank early = TinyBank.random(8, 7, 11);
    Tensor a = net.at(1).activations(inputs(5)).values();
    CrossLayer layers = new CrossLayer(net, 1, early, bank);
    double seen = 0;
    for (int j = 0; j < 9; j++) {
      ConceptContributions all = layers.to(j, a, RUN);
      assertTrue(all.largestGap() < ROUNDING, "concept " + j + ": " + all.gaps());
      // How much there is of it, asked of the bank itself behind the replaced early activations.
      Tensor replaced = Coded.of(a, early, RUN).decoded();
      Tensor later = net.onward(1, replaced).values();
      Tensor codes = bank.encode(later.reshape(5 * TinyBcos.PIXELS, 5), RUN);
      for (int i = 0; i < 5; i++) {
        double presence = 0;
        double sum = 0;
        for (int l = 0; l < TinyBcos.PIXELS; l++) {
          presence += codes.get(i * TinyBcos.PIXELS + l, j);
        }
        for (int k = 0; k < 8; k++) {
          sum += all.contributions().get(i, k);
        }
        assertEquals(presence, sum, 1e-4);
        assertEquals(presence, all.outputs().get(i, 0), 1e-4);
        seen += presence;
      }
    }
    assertTrue(seen > 1, "concepts that are nowhere prove nothing");
  }

  @Test
  void aBiasOfTheLateEncoderIsNoEarlyConcepts() {
    TinyBank early = TinyBank.random(8, 7, 11);
    TinyBank late = new TinyBank(bank.encoder(), 0.5f, bank.dictionary());
    Tensor a = net.at(1).activations(inputs(4)).values();
    ConceptContributions all = new CrossLayer(net, 1, early, late).to(2, a, RUN);
    assertTrue(all.largestGap() < ROUNDING, "" + all.gaps());
    assertTrue(all.explained().get(0) < all.outputs().get(0, 0) - 0.4);
  }

  @Test
  void pixelsAddUpToPresence() {
    InputMaps maps = new InputMaps(model, bank);
    for (int k = 0; k < 9; k++) {
      InputMaps.OfConcept of = maps.of(k, inputs(4), RUN);
      assertTrue(of.gaps().stream().allMatch(g -> g < ROUNDING), "concept " + k + of.gaps());
      for (int i = 0; i < 4; i++) {
        double sum = 0;
        for (int at = 0; at < TinyBcos.PIXELS; at++) {
          sum += of.contributions().get(i * TinyBcos.PIXELS + at);
        }
        assertEquals(of.presence().get(i), sum, 1e-4);
      }
    }
    assertEquals(TinyBcos.INPUT.batch(4), maps.of(0, inputs(4), RUN).weights().shape());
  }

  @Test
  void refuseWhatDoesNotFit() {
    Contributions contributions = new Contributions(model, bank);
    Tensor a = activations(2);
    assertThrows(IllegalArgumentException.class, () -> contributions.to(4, a, RUN));
    assertThrows(IllegalArgumentException.class, () -> contributions.to(-1, a, RUN));
    assertThrows(
        IllegalArgumentException.class,
        () -> contributions.to(0, Tensor.zeros(Shape.of(2, 3, 5)), RUN));
    assertThrows(
        IllegalArgumentException.class, () -> new Contributions(model, TinyBank.random(9, 6, 3)));
    assertThrows(IllegalArgumentException.class, () -> new CrossLayer(net, 2, bank, bank));
    assertThrows(IllegalArgumentException.class, () -> new CrossLayer(net, 1, bank, bank));
    assertThrows(
        IllegalArgumentException.class, () -> new InputMaps(model, bank).of(9, inputs(1), RUN));
    assertThrows(
        IllegalArgumentException.class,
        () -> new InputMaps(model, bank).of(0, Tensor.zeros(Shape.of(1, 3, 3, 4)), RUN));
  }
}
