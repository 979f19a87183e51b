package dev.percept.methods.attribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Attribution;
import dev.percept.core.PerceptException;
import dev.percept.core.RectifierRule;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every attribution method that has a name. */
class AttributorContractTest {
  private static final int BATCH = 5;
  private static final AttributionSettings SETTINGS =
      new AttributionSettings(new Baseline.Mean(), BATCH, 7, 60, 4, 40, 6, 3);

  /** Methods that draw random numbers; with another seed their maps differ. */
  private static final Set<String> RANDOM =
      Set.of(
          "rise",
          "sobol",
          "hsic",
          "lime",
          "kernel-shap",
          "smoothgrad",
          "square-grad",
          "var-grad",
          "gradient-shap");

  static List<AttributionMethod<?>> methods() {
    return AttributionMethods.all();
  }

  private static Attribution attribute(
      AttributionMethod<?> method, ToyScore score, Tensor inputs, Run run) {
    return method.attribute(score, inputs, SETTINGS, run);
  }

  private static Attribution attribute(AttributionMethod<?> method, Tensor inputs, Run run) {
    return attribute(method, Toys.bent(Toys.SMALL), inputs, run);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void saysWhatItIs(AttributionMethod<?> method) {
    Attribution found = attribute(method, Toys.inputs(2, Toys.SMALL, 1), Run.of(1));
    assertEquals(method.name(), found.method());
    assertEquals(2, found.size());
    assertTrue(found.values().isFinite());
    Shape s = found.values().shape();
    assertTrue(s.dim(2) <= 6 && s.dim(3) <= 8 && s.dim(2) * s.dim(3) > 1, s.toString());
    boolean some = false;
    for (float v : found.values().toArray()) {
      some |= v != 0;
      assertTrue(found.signed() || v > -1e-6, () -> "not signed, yet " + v);
    }
    assertTrue(some, "a score that depends on everything has a map that is not zero");
    assertEquals(
        !Set.of(
                "saliency",
                "smoothgrad",
                "square-grad",
                "var-grad",
                "guided-backprop",
                "deconvnet",
                "grad-cam",
                "grad-cam++")
            .contains(method.name()),
        found.baseline() != null);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aConstantScoreDependsOnNothing(AttributionMethod<?> method) {
    // Not a float that sums of which are exact.
    ToyScore constant = Toys.constant(Toys.SMALL, 12.3456f);
    Attribution found = attribute(method, constant, Toys.inputs(2, Toys.SMALL, 1), Run.of(1));
    for (float v : found.values().toArray()) {
      assertEquals(0, v, 0f);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aConstantOnTopOfTheScoreChangesNothing(AttributionMethod<?> method) {
    float[] w = Toys.values(Toys.SMALL.size(), 11);
    float[] v = Toys.values(Toys.SMALL.size(), 12);
    Tensor inputs = Toys.inputs(2, Toys.SMALL, 1);
    Attribution plain = attribute(method, Toys.bent(Toys.SMALL, 0, w, v), inputs, Run.of(1));
    Attribution raised = attribute(method, Toys.bent(Toys.SMALL, 4, w, v), inputs, Run.of(1));
    // Scores near 4 have an ulp of 5e-7; regressions enlarge it.
    assertArrayEquals(plain.values().toArray(), raised.values().toArray(), 2e-5f);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anInputDoesNotDependOnTheOthers(AttributionMethod<?> method) {
    Tensor inputs = Toys.inputs(7, Toys.SMALL, 2);
    Attribution all = attribute(method, inputs, Run.of(3));
    for (int i = 0; i < 7; i++) {
      Attribution alone = attribute(method, inputs.slice(i, i + 1), Run.of(3));
      assertArrayEquals(alone.values().toArray(), all.values().row(i).toArray(), 0f);
      if (all.gaps() != null) {
        assertNotNull(alone.gaps());
        assertEquals(alone.gaps().get(0), all.gaps().get(i));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void sameSeedSameBitsWhateverTheThreads(AttributionMethod<?> method) {
    Tensor inputs = Toys.inputs(3, Toys.SMALL, 2);
    float[] one = attribute(method, inputs, Run.of(3).withThreads(1)).values().toArray();
    float[] four = attribute(method, inputs, Run.of(3).withThreads(4)).values().toArray();
    assertArrayEquals(one, four, 0f);
    float[] other = attribute(method, inputs, Run.of(4).withThreads(1)).values().toArray();
    assertEquals(RANDOM.contains(method.name()), !Arrays.equals(one, other));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aCallNeverHoldsMoreThanABatch(AttributionMethod<?> method) {
    ToyScore score = Toys.bent(Toys.SMALL);
    int n = 11;
    Attribution found =
        attribute(method, score, Toys.inputs(n, Toys.SMALL, 2), Run.of(3).withThreads(2));
    assertTrue(score.most.get() <= BATCH, () -> "found " + score.most);
    assertEquals(found.forwards() * n, score.forwards.get());
    assertEquals(found.backwards() * n, score.backwards.get());
    assertEquals(method.isBlackBox(), found.backwards() == 0);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void stopsWhenCancelled(AttributionMethod<?> method) {
    Run run = Run.of(1).withThreads(1);
    float[] w = Toys.values(Toys.SMALL.size(), 1);
    ToyScore score =
        new ToyScore(Toys.SMALL) {
          @Override
          void asked(int inputs) {
            super.asked(inputs);
            run.cancel();
          }

          @Override
          double of(float[] x) {
            return x[0];
          }

          @Override
          float[] gradientOf(float[] x, RectifierRule rule) {
            return w.clone();
          }
        };
    Tensor inputs = Toys.inputs(11, Toys.SMALL, 2);
    assertThrows(CancellationException.class, () -> attribute(method, score, inputs, run));
    assertTrue(score.forwards.get() <= BATCH, () -> "found " + score.forwards);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void refusesBadInputs(AttributionMethod<?> method) {
    Run run = Run.of(1);
    Tensor wide = Toys.inputs(2, Shape.of(3, 6, 9), 1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> attribute(method, wide, run))
            .getMessage();
    assertEquals("inputs: expected n x 3 x 6 x 8, found 2 x 3 x 6 x 9", message);
    float[] values = Toys.values(Toys.SMALL.size(), 1);
    values[17] = Float.NaN;
    Tensor nan = Tensor.wrap(Toys.SMALL.batch(1), values);
    assertThrows(IllegalArgumentException.class, () -> attribute(method, nan, run));
    assertThrows(
        IllegalArgumentException.class,
        () -> attribute(method, Tensor.zeros(Toys.SMALL.batch(0)), run));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void refusesAModelThatAnswersNaN(AttributionMethod<?> method) {
    float[] w = new float[Toys.SMALL.size()];
    Arrays.fill(w, Float.NaN);
    ToyScore broken = Toys.linear(Toys.SMALL, 0, w);
    PerceptException refusal =
        assertThrows(
            PerceptException.class,
            () -> attribute(method, broken, Toys.inputs(1, Toys.SMALL, 1), Run.of(1)));
    String message = String.valueOf(refusal.getMessage());
    assertEquals(
        "the model's score must be finite, found NaN; check the model and the preprocessing",
        message.replace("gradient", "score"));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theOrderOfChannelsDoesNotMatter(AttributionMethod<?> method) {
    if (method.name().matches("smoothgrad|square-grad|var-grad|gradient-shap")) {
      return; // Their noise is drawn value by value, so channels in another order get other noise.
    }
    int[] order = {2, 0, 1};
    float[] w = Toys.values(Toys.SMALL.size(), 11);
    float[] v = Toys.values(Toys.SMALL.size(), 12);
    float[] x = Toys.values(Toys.SMALL.size(), 13);
    Attribution plain =
        attribute(
            method, Toys.bent(Toys.SMALL, 0, w, v), Tensor.wrap(Toys.SMALL.batch(1), x), Run.of(1));
    Attribution permuted =
        attribute(
            method,
            Toys.bent(Toys.SMALL, 0, reordered(w, order), reordered(v, order)),
            Tensor.wrap(Toys.SMALL.batch(1), reordered(x, order)),
            Run.of(1));
    float[] expected = plain.values().toArray();
    if (plain.values().shape().dim(1) == 3) {
      expected = reordered(expected, order);
    }
    // Sums over channels are made in another order.
    assertArrayEquals(expected, permuted.values().toArray(), 1e-5f);
  }

  private static float[] reordered(float[] values, int[] order) {
    int places = values.length / order.length;
    float[] result = new float[values.length];
    for (int c = 0; c < order.length; c++) {
      System.arraycopy(values, order[c] * places, result, c * places, places);
    }
    return result;
  }

  @ParameterizedTest
  @MethodSource("methods")
  void isFoundByItsName(AttributionMethod<?> method) {
    assertEquals(method, AttributionMethods.named(method.name()).orElseThrow());
    assertFalse(method.about().isBlank());
    assertTrue(method.fits(Toys.bent(Toys.SMALL)));
  }
}
