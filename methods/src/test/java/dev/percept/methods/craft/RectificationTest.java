package dev.percept.methods.craft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Activations;
import dev.percept.core.RectifiedDifferentiableModel;
import dev.percept.core.RectifiedModel;
import dev.percept.core.RectifiedStack;
import dev.percept.core.RectifierRule;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.TokensAdded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is explained where negative activations are set to 0, and what that costs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RectificationTest {
  private static final Run RUN = Run.of(0);
  private static final Target TARGET = new Target(2, "two");

  private final PlantedPictures pictures = PlantedPictures.of(10);
  private final Shifted signed = new Shifted(PlantedModel.affine(), 0.25);

  private CraftResult explain(SplitModel model) {
    return Craft.of(PlantedModel.CONCEPTS)
        .explain(model, pictures, pictures.crops(), pictures.boxes(), TARGET, RUN);
  }

  @Test
  void whereNothingIsNegativeNothingChanges() {
    Shifted unsigned = new Shifted(PlantedModel.affine(), 0);
    assertFalse(unsigned.info().nonNegative());
    CraftResult plain = explain(unsigned);
    CraftResult rectified = explain(RectifiedModel.of((SplitModel) unsigned));
    assertArrayEquals(
        plain.dictionary().atoms().toArray(), rectified.dictionary().atoms().toArray());
    assertArrayEquals(plain.codes().toArray(), rectified.codes().toArray());
    assertEquals(plain.importance().concepts(), rectified.importance().concepts());
    assertEquals(plain.answers(), rectified.answers());
    assertEquals(plain.shown(), rectified.shown());
    Rectification cost = Rectification.measure(unsigned, pictures, TARGET, 3, RUN);
    assertEquals(0, cost.negative());
    assertEquals(0, cost.variance());
    assertEquals(1, cost.agreement());
    assertEquals(cost.whole(), cost.accuracy());
  }

  @Test
  void signedActivationsAreRefusedUntilTheyAreRectified() {
    String refusal =
        assertThrows(IllegalArgumentException.class, () -> explain(signed)).getMessage();
    assertTrue(String.valueOf(refusal).contains("at least 0"), refusal);
    CraftResult result = explain(RectifiedModel.of((SplitModel) signed));
    for (float code : result.codes().toArray()) {
      assertTrue(code >= 0);
    }
  }

  @Test
  void activationsAndTheirMeansAreRectifiedInThatOrder() {
    TokensAdded tokens = new TokensAdded(signed, 1, 1);
    RectifiedModel rectified = RectifiedModel.of((SplitModel) tokens);
    Tensor inputs = pictures.batch(0, 3);
    Activations before = tokens.activations(inputs);
    Activations after = rectified.activations(inputs);
    int negative = 0;
    for (int i = 0; i < before.values().shape().size(); i++) {
      float a = before.values().get(i);
      negative += a < 0 ? 1 : 0;
      assertEquals(Math.max(0, a), after.values().get(i));
    }
    assertTrue(negative > 100, "or nothing is tested, found " + negative);
    Tensor places = tokens.grid().ofPlaces(after.values());
    Tensor pooled = rectified.pooled(inputs);
    int p = rectified.features();
    for (int i = 0; i < 3 * p; i++) {
      double sum = 0;
      for (int l = 0; l < tokens.grid().places(); l++) {
        sum += places.get((i / p * tokens.grid().places() + l) * p + i % p);
      }
      // The last digit of a float32 of size 1.
      assertEquals(sum / tokens.grid().places(), pooled.get(i), 1e-6);
    }
    assertTrue(rectified.info().nonNegative());
  }

  @Test
  void theCutIsStillCheckedAsItIs() {
    RectifiedModel rectified = RectifiedModel.of((SplitModel) signed);
    Tensor inputs = pictures.batch(0, 4);
    assertTrue(rectified.check(inputs).passed());
    assertArrayEquals(signed.logits(inputs).toArray(), rectified.logits(inputs).toArray());
    Tensor other = rectified.head(rectified.activations(inputs).values());
    assertTrue(
        Math.abs(other.get(0) - rectified.logits(inputs).get(0)) > 1e-3,
        "the head reads something else now, or the check proves nothing");
  }

  @Test
  void gradientsArriveWhereSomethingIsLeft() {
    RectifiedDifferentiableModel rectified = RectifiedModel.of(signed);
    Tensor inputs = pictures.batch(0, 1);
    float[] found =
        rectified
            .pullActivations(
                inputs,
                a -> {
                  // 1 for every activation: the derivative of their sum.
                  float[] ones = new float[a.shape().size()];
                  java.util.Arrays.fill(ones, 1);
                  return Tensor.wrap(a.shape(), ones);
                },
                RectifierRule.EXACT)
            .gradients()
            .toArray();
    int tested = 0;
    for (int j = 0; j < found.length; j += 7) {
      double up = sum(rectified, inputs, j, 1e-2f);
      double down = sum(rectified, inputs, j, -1e-2f);
      double here = sum(rectified, inputs, j, 0);
      // At a kink the two sides differ; elsewhere float32 sums leave some 1e-3.
      if (Math.abs((up - here) - (here - down)) < 1e-4) {
        assertEquals((up - down) / 2e-2, found[j], 5e-3, "input " + j);
        tested++;
      }
    }
    assertTrue(tested > 10, "found " + tested);
  }

  private static double sum(SplitModel model, Tensor inputs, int at, float step) {
    float[] moved = inputs.toArray();
    moved[at] += step;
    double sum = 0;
    for (float a : model.activations(Tensor.wrap(inputs.shape(), moved)).values().toArray()) {
      sum += a;
    }
    return sum;
  }

  @Test
  void costsAreThoseOfAnExampleByHand() {
    Rectification cost = Rectification.measure(signed, pictures, TARGET, 4, RUN);
    double negative = 0;
    double all = 0;
    double gone = 0;
    double variance = 0;
    Tensor a = signed.activations(pictures.batch(0, pictures.size())).matrix();
    int p = signed.features();
    for (int f = 0; f < p; f++) {
      double[] mean = new double[2];
      for (int i = 0; i < a.rows(); i++) {
        mean[0] += a.get(i, f) / (double) a.rows();
        mean[1] += Math.max(0, a.get(i, f)) / (double) a.rows();
        negative += a.get(i, f) < 0 ? 1 : 0;
        all++;
      }
      for (int i = 0; i < a.rows(); i++) {
        variance += Math.pow(a.get(i, f) - mean[0], 2);
        gone += Math.pow(Math.max(0, a.get(i, f)) - mean[1], 2);
      }
    }
    assertEquals(negative / all, cost.negative(), 1e-12);
    assertEquals(1 - gone / variance, cost.variance(), 1e-9);
    assertTrue(cost.variance() > 0.01 && cost.variance() < 0.9, "found " + cost);
    assertEquals(cost, Rectification.measure(signed, pictures, TARGET, 1, RUN.withThreads(3)));
  }

  @Test
  void aStackIsRectifiedAtEveryCut() {
    HierarchyModel plain = new HierarchyModel(2);
    RectifiedStack stack = new RectifiedStack(plain);
    assertEquals(2, stack.cuts());
    assertTrue(stack.at(1).info().nonNegative());
    int size = plain.at(1).inputShape().size();
    float[] values = new float[size];
    java.util.Arrays.fill(values, 1);
    Tensor inputs = Tensor.wrap(plain.at(1).inputShape().batch(1), values);
    Tensor earlier = plain.at(1).activations(inputs).values();
    assertArrayEquals(
        plain.onward(1, earlier).values().toArray(), stack.onward(1, earlier).values().toArray());
    float[] negative = earlier.toArray();
    for (int i = 0; i < negative.length; i++) {
      negative[i] = -negative[i];
    }
    for (float a : stack.onward(1, Tensor.wrap(earlier.shape(), negative)).values().toArray()) {
      assertEquals(0, a, "what is negative behind is set to 0");
    }
  }
}
