package dev.percept.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.compare.ConceptDeletion;
import dev.percept.methods.metric.c2.ConceptMaps;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeletionStudyTest {
  private static final Run RUN = Run.of(3).withThreads(2);
  private static final DeletionStudy.Options QUICK = new DeletionStudy.Options(6, 3, 2000, 5);

  /** Inputs that are held in memory. */
  record Held(Tensor inputs) implements Examples {
    @Override
    public int size() {
      return inputs.rows();
    }

    @Override
    public Shape shape() {
      return inputs.shape().example();
    }

    @Override
    public String name(int index) {
      return "input " + index;
    }

    @Override
    public void read(int index, FloatBuffer target) {
      target.put(inputs.row(index).toArray());
    }
  }

  private static List<Integer> predicted(DynamicLinearModel model, TinyBank bank, Held pictures) {
    return new Contributions(model, bank)
        .toPredicted(model.activations(pictures.inputs()).values(), RUN)
        .targets();
  }

  /** Where nothing but sums happens, exact contributions are what deletion takes away. */
  @Test
  void inALinearNetworkExactIsNeverBehind() {
    DynamicLinearModel model = new TinyBcos(1, 4, 1).at(0);
    TinyBank bank = TinyBank.random(14, 5, 3);
    Held pictures = new Held(ContributionsTest.inputs(12));
    DeletionStudy study =
        DeletionStudy.measure(model, bank, pictures, predicted(model, bank, pictures), QUICK, RUN);
    for (ConceptDeletion.Row row : study.all().rows()) {
      assertTrue(row.logitBehind().mean() >= -1e-6, row.method() + " " + row.logitBehind());
    }
    // Affine: slopes, and each concept away alone, are the contributions.
    assertEquals(0, study.all().rows().get(3).logitBehind().mean(), 1e-6);
    assertEquals(0, study.all().rows().get(4).logitBehind().mean(), 1e-6);
    assertTrue(study.all().rows().get(2).logitBehind().mean() > 0.01);
    assertTrue(study.all().rows().get(5).logitBehind().low() > 0);
    // Without any concept the constant of the logit is left.
    assertEquals(TinyBcos.BIAS, study.all().rows().get(0).logit().get(6).mean(), 1e-5);
    assertEquals(1, study.all().rows().get(0).accuracy().get(0).mean());
  }

  @Test
  void conceptsThatAreAlwaysOnCanStay() {
    DynamicLinearModel model = new TinyBcos(2, 4, 1).at(0);
    TinyBank bank = TinyBank.random(14, 5, 3);
    Held pictures = new Held(ContributionsTest.inputs(10));
    Tensor presence = InputConceptMaps.of(model, bank, pictures, RUN).presence();
    DeletionStudy study =
        DeletionStudy.measure(model, bank, pictures, predicted(model, bank, pictures), QUICK, RUN);
    for (int k = 0; k < 14; k++) {
      int there = 0;
      for (int i = 0; i < 10; i++) {
        there += presence.get(i, k) > 0 ? 1 : 0;
      }
      assertEquals(there > 6, study.alwaysOn().contains(k), "concept " + k);
    }
    assertTrue(study.withoutAlwaysOn().removed() < study.all().removed());
    assertEquals(
        study,
        DeletionStudy.measure(
            model, bank, pictures, predicted(model, bank, pictures), QUICK, RUN.withThreads(1)));
  }

  @Test
  void mapsOfPixelsCanBeMarked() {
    DynamicLinearModel model = new TinyBcos(2, 4, 1).at(0);
    TinyBank bank = TinyBank.random(6, 5, 3);
    Held pictures = new Held(ContributionsTest.inputs(4));
    ConceptMaps maps = InputConceptMaps.of(model, bank, pictures, RUN);
    int[] asked = {5, 2};
    Tensor shown = maps.maps(3, asked);
    assertEquals(Shape.of(2, 3, 4), shown.shape());
    for (int c = 0; c < 2; c++) {
      double sum = 0;
      for (int at = 0; at < TinyBcos.PIXELS; at++) {
        sum += shown.get(c * TinyBcos.PIXELS + at);
      }
      assertEquals(maps.presence().get(3, asked[c]), sum, 1e-4);
    }
  }

  @Test
  void refusesWhatCannotBeTakenAway() {
    DynamicLinearModel model = new TinyBcos(2, 4, 1).at(0);
    TinyBank bank = TinyBank.random(6, 5, 3);
    Held pictures = new Held(ContributionsTest.inputs(3));
    assertThrows(
        IllegalArgumentException.class,
        () -> DeletionStudy.measure(model, bank, pictures, List.of(0), QUICK, RUN));
    TinyBank nothing = new TinyBank(bank.encoder(), -1000, bank.dictionary());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            DeletionStudy.measure(model, nothing, pictures, Collections.nCopies(3, 0), QUICK, RUN));
  }
}
