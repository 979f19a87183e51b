package dev.percept.methods.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearHeadTest {
  private static final Run RUN = Run.of(3);
  private static final double[] NONE = {};

  private static List<Integer> all(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  /** Three clouds in 6 dimensions, {@code apart} deviations from one another. */
  private record Clouds(Tensor features, List<Integer> labels, List<String> groups) {
    static Clouds of(int each, double apart) {
      RandomGenerator random = RUN.random("clouds");
      int n = 3 * each;
      float[] x = new float[n * 6];
      List<Integer> labels = new ArrayList<>();
      List<String> groups = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        labels.add(i % 3);
        groups.add("picture " + i);
        for (int j = 0; j < 6; j++) {
          x[i * 6 + j] = (float) (random.nextGaussian() + (j == i % 3 ? apart : 0));
        }
      }
      return new Clouds(Tensor.wrap(Shape.of(n, 6), x), labels, groups);
    }

    int[] y() {
      return labels.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  /** One feature of -1 and 1 with 3 of 4 on their own side: the odds are 3, whatever the fit. */
  @Test
  void oddsOfACaseThatCanBeSolved() {
    float[] x = {1, 1, 1, 1, -1, -1, -1, -1};
    int[] y = {1, 1, 1, 0, 0, 0, 0, 1};
    Tensor features = Tensor.wrap(Shape.of(8, 1), x);
    LogisticRegression.Fit fit =
        new LogisticRegression(1e-7).fit(features, y, 2, all(8), NONE, RUN);
    double[] logits = fit.logits(features, 0);
    // The optimiser stops where no part of the gradient is above 1e-5.
    assertEquals(Math.log(3), logits[1] - logits[0], 1e-3);
    assertEquals(0, fit.bias(0), 1e-4);
    assertEquals(fit.weight(0, 0), -fit.weight(1, 0), 1e-6);
  }

  /** First-order conditions, worked out apart from the fit: the minimum of a convex function. */
  @Test
  void noPartOfTheDerivativeIsLeftAtTheMinimum() {
    Clouds clouds = Clouds.of(30, 1);
    int[] y = clouds.y();
    double lambda = 0.05;
    LogisticRegression.Fit fit =
        new LogisticRegression(lambda).fit(clouds.features(), y, 3, all(90), NONE, RUN);
    double[] deviations = new double[6];
    double[] means = new double[6];
    for (int j = 0; j < 6; j++) {
      for (int i = 0; i < 90; i++) {
        means[j] += clouds.features().get(i, j) / 90;
      }
      for (int i = 0; i < 90; i++) {
        deviations[j] += Math.pow(clouds.features().get(i, j) - means[j], 2) / 90;
      }
      deviations[j] = Math.sqrt(deviations[j]);
    }
    for (int c = 0; c < 3; c++) {
      double bias = 0;
      double[] slope = new double[6];
      for (int i = 0; i < 90; i++) {
        double[] logits = fit.logits(clouds.features(), i);
        double sum = 0;
        for (double v : logits) {
          sum += Math.exp(v);
        }
        double residual = (Math.exp(logits[c]) / sum - (y[i] == c ? 1 : 0)) / 90;
        bias += residual;
        for (int j = 0; j < 6; j++) {
          slope[j] += residual * (clouds.features().get(i, j) - means[j]) / deviations[j];
        }
      }
      assertEquals(0, bias, 2e-5);
      for (int j = 0; j < 6; j++) {
        assertEquals(0, slope[j] + lambda * fit.weight(c, j) * deviations[j], 2e-5);
      }
    }
  }

  @Test
  void unitsOfFeaturesDoNotMatter() {
    Clouds clouds = Clouds.of(20, 1);
    float[] other = clouds.features().toArray();
    for (int i = 0; i < other.length; i++) {
      other[i] = i % 6 == 2 ? 1000 * other[i] - 50 : other[i];
    }
    Tensor scaled = Tensor.wrap(clouds.features().shape(), other);
    LinearHead.Trained one =
        LinearHead.DEFAULT.train(clouds.features(), clouds.labels(), clouds.groups(), RUN);
    LinearHead.Trained two =
        LinearHead.DEFAULT.train(scaled, clouds.labels(), clouds.groups(), RUN);
    assertEquals(one.predicted(), two.predicted());
    assertEquals(one.penalty(), two.penalty());
    // Both fits stop near the minimum; weights are of size 1.
    assertEquals(one.weights().get(0, 2), 1000 * two.weights().get(0, 2), 2e-3);
  }

  @Test
  void whatCanBeToldApartIsAndWhatCannotIsNot() {
    Clouds far = Clouds.of(30, 6);
    HeldOut good =
        HeldOut.of(
            far.labels(),
            LinearHead.DEFAULT.train(far.features(), far.labels(), far.groups(), RUN).predicted(),
            3);
    assertTrue(good.accuracy() > 0.97, "found " + good.accuracy());
    Clouds none = Clouds.of(60, 0);
    HeldOut chance =
        HeldOut.of(
            none.labels(),
            LinearHead.DEFAULT
                .train(none.features(), none.labels(), none.groups(), RUN)
                .predicted(),
            3);
    // 180 answers at a third: three standard deviations are 0.105.
    assertEquals(1 / 3.0, chance.accuracy(), 0.105);
    assertEquals(1 / 3.0, chance.majority(), 1e-9);
  }

  /** A picture and its copy apart would be known by heart: noise could then be learned. */
  @Test
  void copiesStayTogether() {
    Clouds noise = Clouds.of(20, 0);
    RandomGenerator random = RUN.random("wide");
    int p = 300;
    float[] x = new float[120 * p];
    for (int i = 0; i < 60 * p; i++) {
      x[i] = (float) random.nextGaussian();
      x[60 * p + i] = x[i];
    }
    Tensor twice = Tensor.wrap(Shape.of(120, p), x);
    List<Integer> labels = new ArrayList<>(noise.labels());
    labels.addAll(noise.labels());
    List<String> copies = new ArrayList<>(noise.groups());
    copies.addAll(noise.groups());
    List<String> strangers = all(120).stream().map(i -> "picture " + i).toList();
    HeldOut together =
        HeldOut.of(labels, LinearHead.DEFAULT.train(twice, labels, copies, RUN).predicted(), 3);
    HeldOut apart =
        HeldOut.of(labels, LinearHead.DEFAULT.train(twice, labels, strangers, RUN).predicted(), 3);
    assertTrue(together.accuracy() < 0.55, "noise, found " + together.accuracy());
    assertTrue(apart.accuracy() > 0.7, "known by heart, found " + apart.accuracy());
  }

  @Test
  void foldsSpreadClassesEvenly() {
    int[] y = IntStream.range(0, 100).map(i -> i < 80 ? 0 : 1).toArray();
    List<String> groups = IntStream.range(0, 100).mapToObj(i -> "g" + i / 2).toList();
    Folds folds = Folds.draw(y, groups, 2, 5, RUN);
    for (int f = 0; f < 5; f++) {
      assertEquals(16, folds.in(f).stream().filter(i -> y[i] == 0).count());
      assertEquals(4, folds.in(f).stream().filter(i -> y[i] == 1).count());
      for (int row : folds.in(f)) {
        assertEquals(f, folds.of().get(row ^ 1), "a group lies in one fold");
      }
    }
    assertEquals(folds, Folds.draw(y, groups, 2, 5, RUN));
    assertNotEquals(folds, Folds.draw(y, groups, 2, 5, Run.of(4)));
  }

  @Test
  void threadsDoNotMatterAndSeedsMoveFoldsOnly() {
    Clouds clouds = Clouds.of(20, 1);
    LinearHead.Trained one =
        LinearHead.DEFAULT.train(
            clouds.features(), clouds.labels(), clouds.groups(), RUN.withThreads(1));
    LinearHead.Trained four =
        LinearHead.DEFAULT.train(
            clouds.features(), clouds.labels(), clouds.groups(), RUN.withThreads(4));
    assertArrayEquals(one.weights().toArray(), four.weights().toArray());
    assertEquals(one.losses(), four.losses());
    assertEquals(one.predicted(), four.predicted());
  }

  @Test
  void featuresThatDoNotVaryHaveNoWeight() {
    Clouds clouds = Clouds.of(10, 2);
    float[] x = clouds.features().toArray();
    for (int i = 4; i < x.length; i += 6) {
      x[i] = 7.3f;
    }
    Tensor features = Tensor.wrap(clouds.features().shape(), x);
    LinearHead.Trained found =
        LinearHead.DEFAULT.train(features, clouds.labels(), clouds.groups(), RUN);
    for (int c = 0; c < 3; c++) {
      assertEquals(0, found.weights().get(c, 4));
    }
  }

  @Test
  void heldOutAnswersAreCounted() {
    HeldOut found = HeldOut.of(List.of(0, 0, 0, 1, 1, 0, 1, 1), List.of(0, 1, 0, 1, 1, 0, 0, 1), 2);
    assertEquals(List.of(List.of(3, 1), List.of(1, 3)), found.confusion());
    assertEquals(0.75, found.accuracy());
    assertEquals(0.5, found.majority());
    assertEquals(0.75, found.recall(1));
    // Wilson's interval of 6 of 8, from its formula in double precision.
    assertEquals(0.40927, found.low(), 1e-4);
    assertEquals(0.92852, found.high(), 1e-4);
  }

  @Test
  void whatDoesNotFitIsRefusedByName() {
    Clouds clouds = Clouds.of(4, 1);
    refused(
        "class 0: at least as many different examples as folds, 5, found 4",
        () -> LinearHead.DEFAULT.train(clouds.features(), clouds.labels(), clouds.groups(), RUN));
    refused(
        "classes: at least 2, found 1",
        () ->
            LinearHead.DEFAULT.train(
                clouds.features(), all(12).stream().map(i -> 0).toList(), clouds.groups(), RUN));
    refused("folds: at least 3, found 2", () -> new LinearHead(2, List.of(1.0)));
    refused(
        "penalties: ascending, above 0, found [1.0, 0.1]",
        () -> new LinearHead(5, List.of(1.0, 0.1)));
    Run stopped = Run.of(1);
    stopped.cancel();
    Clouds more = Clouds.of(10, 1);
    assertThrows(
        CancellationException.class,
        () -> LinearHead.DEFAULT.train(more.features(), more.labels(), more.groups(), stopped));
  }

  private static void refused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
