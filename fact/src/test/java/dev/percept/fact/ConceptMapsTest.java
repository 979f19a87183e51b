package dev.percept.fact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Grid;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.c2.C2Score;
import dev.percept.methods.metric.c2.CodeMaps;
import dev.percept.methods.metric.c2.ConceptMaps;
import dev.percept.methods.metric.c2.EncodedMaps;
import dev.percept.methods.metric.c2.Judge;
import dev.percept.methods.metric.c2.ModelJudge;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link ConceptMaps} and {@link Judge} keeps. */
class ConceptMapsTest {
  private static final Run RUN = Run.of(8).withThreads(2);
  private static final int PICTURES = 14;
  private static final int CONCEPTS = 9;

  private static final DynamicLinearModel MODEL = new TinyBcos(2, 4, 1).at(0);

  /** Rectified, so that some concepts are missing in some pictures. */
  private static final TinyBank BANK =
      new TinyBank(
          TinyBank.random(CONCEPTS, 5, 3).encoder(),
          -0.4f,
          TinyBank.random(CONCEPTS, 5, 3).dictionary());

  private static final DeletionStudyTest.Held INPUTS =
      new DeletionStudyTest.Held(ContributionsTest.inputs(PICTURES));

  private static Tensor codes() {
    Tensor a = MODEL.activations(INPUTS.inputs()).values();
    return BANK.encode(a.reshape(PICTURES * TinyBcos.PIXELS, 5), RUN)
        .reshape(PICTURES, TinyBcos.PIXELS, CONCEPTS);
  }

  /** For all of them. */
  abstract static class Contract {
    abstract ConceptMaps open();

    @Test
    void presenceIsWhereMapsArePositive() {
      ConceptMaps maps = open();
      assertEquals(Shape.of(PICTURES, CONCEPTS), maps.presence().shape());
      int missing = 0;
      for (int i = 0; i < PICTURES; i++) {
        for (int k = 0; k < CONCEPTS; k++) {
          float presence = maps.presence().get(i, k);
          assertTrue(presence >= 0 && Float.isFinite(presence), "presence " + presence);
          Tensor map = maps.maps(i, new int[] {k});
          assertTrue(map.isFinite());
          boolean shown = false;
          for (float v : map.toArray()) {
            shown |= v > 0;
          }
          if (presence == 0) {
            missing++;
            assertTrue(!shown, "a concept that is not there is shown");
          }
        }
      }
      assertTrue(missing > 0 && missing < PICTURES * CONCEPTS, "missing " + missing);
    }

    @Test
    void aMapIsTheSameWhateverElseIsAskedFor() {
      ConceptMaps maps = open();
      int[] asked = {4, 0, 8};
      Tensor together = maps.maps(5, asked);
      assertEquals(3, together.shape().rank());
      for (int c = 0; c < asked.length; c++) {
        Tensor alone = maps.maps(5, new int[] {asked[c]});
        assertEquals(together.shape().example(), alone.shape().example());
        assertArrayEquals(together.row(c).toArray(), alone.row(0).toArray());
      }
      assertEquals(together.shape(), maps.maps(0, asked).shape());
    }

    @Test
    void canBeMarked() {
      C2Score score =
          C2Score.measure(open(), new ModelJudge(MODEL, INPUTS), C2Score.Options.DEFAULT, RUN);
      assertEquals(CONCEPTS, score.concepts().size() + score.skipped().size());
      assertTrue(!score.concepts().isEmpty());
    }

    @Test
    void aConceptThatThereIsNotIsRefused() {
      assertThrows(IllegalArgumentException.class, () -> open().maps(0, new int[] {CONCEPTS}));
    }
  }

  @Nested
  class OfCodes extends Contract {
    @Override
    ConceptMaps open() {
      return new CodeMaps(codes(), new Grid(3, 4));
    }
  }

  @Nested
  class OfABank extends Contract {
    @Override
    ConceptMaps open() {
      return EncodedMaps.of(MODEL, BANK, INPUTS, RUN);
    }

    @Test
    void areThoseOfItsCodes() {
      ConceptMaps codes = new CodeMaps(codes(), new Grid(3, 4));
      assertArrayEquals(codes.presence().toArray(), open().presence().toArray());
      assertArrayEquals(
          codes.maps(3, new int[] {2, 7}).toArray(), open().maps(3, new int[] {2, 7}).toArray());
    }
  }

  @Nested
  class OfPixels extends Contract {
    @Override
    ConceptMaps open() {
      return InputConceptMaps.of(MODEL, BANK, INPUTS, RUN);
    }
  }

  @Test
  void aJudgeLooksAtEachPictureForItself() {
    Judge judge = new ModelJudge(MODEL, INPUTS);
    assertEquals(PICTURES, judge.pictures());
    assertEquals(new Grid(3, 4), judge.grid());
    Tensor all = judge.look(0, PICTURES);
    assertEquals(Shape.of(PICTURES, judge.grid().size(), judge.features()), all.shape());
    for (int i = 0; i < PICTURES; i++) {
      assertArrayEquals(all.row(i).toArray(), judge.look(i, i + 1).row(0).toArray());
    }
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ModelJudge(MODEL, new DeletionStudyTest.Held(Tensor.zeros(Shape.of(2, 3, 3, 4)))));
  }
}
