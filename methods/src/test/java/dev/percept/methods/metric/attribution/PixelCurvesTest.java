package dev.percept.methods.metric.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.attribution.Baseline;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelCurvesTest {
  private static final Run RUN = Run.of(0);
  private static final Shape INPUT = Shape.of(1, 2, 2);
  private static final LinearScore SCORE = new LinearScore(INPUT, 1, 4, -2, 3);
  private static final Tensor ONES = Tensor.of(INPUT.batch(1), 1, 1, 1, 1);

  private static Tensor map(float... values) {
    return Tensor.of(Shape.of(1, 2, 2), values);
  }

  private static List<Double> deletion(Tensor map, int steps) {
    return new Deletion(new Baseline.Zero(), steps, 3)
        .curves(SCORE, ONES, map, RUN)
        .get(0)
        .values();
  }

  private static List<Double> insertion(Tensor map, int steps) {
    return new Insertion(new Baseline.Zero(), steps, 3)
        .curves(SCORE, ONES, map, RUN)
        .get(0)
        .values();
  }

  @Test
  void curvesOfASumAreItsPartialSums() {
    Tensor map = map(1, 4, -2, 3);
    assertEquals(List.of(6., 2., -1., -2., 0.), deletion(map, 4));
    assertEquals(List.of(0., 4., 7., 8., 6.), insertion(map, 4));
    assertEquals(List.of(6., -1., 0.), deletion(map, 2));
    // 3 steps over 4 places: after 1, 2 and 4, rounded down as published implementations do.
    assertEquals(List.of(6., 2., -1., 0.), deletion(map, 3));
    assertEquals((3 + 2 - 1 - 2 + 0.) / 4, new PixelCurve(deletion(map, 4)).area(), 1e-12);
    Deletion metric = new Deletion(new Baseline.Zero(), 4, 1);
    assertEquals(List.of(0.5), metric.of(SCORE, ONES, map, RUN));
  }

  @Test
  void onlyTheOrderOfTheMapMatters() {
    assertEquals(deletion(map(1, 4, -2, 3), 4), deletion(map(0.1f, 400, -7, 0.2f), 4));
    assertEquals(insertion(map(1, 4, -2, 3), 4), insertion(map(-2, 1e9f, -9, 0), 4));
  }

  @Test
  void picturesMapsAndScoreMayBeShuffledTogether() {
    LinearScore shuffled = new LinearScore(INPUT, 3, -2, 1, 4);
    Deletion metric = new Deletion(new Baseline.Zero(), 4, 3);
    assertEquals(
        metric.of(SCORE, ONES, map(1, 4, -2, 3), RUN),
        metric.of(shuffled, ONES, map(3, -2, 1, 4), RUN));
  }

  @Test
  void theTrueOrderIsTheBestThereIs() {
    double best = new PixelCurve(deletion(map(1, 4, -2, 3), 4)).area();
    double worst = new PixelCurve(deletion(map(-1, -4, 2, -3), 4)).area();
    for (int seed = 0; seed < 30; seed++) {
      double area = new PixelCurve(deletion(LinearScore.values(Shape.of(1, 2, 2), seed), 4)).area();
      assertTrue(area >= best && area <= worst);
    }
  }

  @Test
  void anotherBaselineGivesAnotherCurve() {
    Baseline two = new Baseline.Colour(List.of(2f));
    Deletion metric = new Deletion(two, 4, 9);
    assertEquals("4 steps, baseline colour 2.0 after preprocessing", metric.settings());
    assertEquals(
        List.of(6., 10., 13., 14., 12.),
        metric.curves(SCORE, ONES, map(1, 4, -2, 3), RUN).get(0).values());
  }

  @Test
  void placesOfAllChannelsGoTogether() {
    LinearScore score = new LinearScore(Shape.of(2, 1, 2), 1, 2, 4, 8);
    Deletion metric = new Deletion(new Baseline.Zero(), 2, 2);
    Tensor input = Tensor.of(Shape.of(1, 2, 1, 2), 1, 1, 1, 1);
    Tensor map = Tensor.of(Shape.of(1, 1, 2), 0, 1);
    assertEquals(List.of(15., 5., 0.), metric.curves(score, input, map, RUN).get(0).values());
  }

  @Test
  void equalPlacesComeInRandomOrder() {
    // Row by row a constant map would lose the heavy upper half first, like a perfect map.
    int side = 32;
    Shape shape = Shape.of(1, side, side);
    float[] weights = new float[side * side];
    Arrays.fill(weights, 0, weights.length / 2, 1);
    LinearScore score = new LinearScore(shape, weights);
    float[] ones = new float[side * side];
    Arrays.fill(ones, 1);
    Tensor input = Tensor.wrap(shape.batch(1), ones);
    Tensor flat = Tensor.zeros(Shape.of(1, side, side));
    double area = new Deletion(new Baseline.Zero(), 16, 8).of(score, input, flat, RUN).get(0);
    // A random order loses 512 evenly: area 256, standard deviation about 5; a sweep gives 128.
    assertEquals(256, area, 25);
  }

  @Test
  void aConstantModelGivesAFlatLine() {
    LinearScore nothing = new LinearScore(INPUT, 0, 0, 0, 0);
    Deletion metric = new Deletion(new Baseline.Zero(), 4, 3);
    assertEquals(List.of(0.), metric.of(nothing, ONES, map(1, 4, -2, 3), RUN));
  }

  @Test
  void unfitOptionsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Deletion(new Baseline.Zero(), 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Insertion(new Baseline.Zero(), 1, 0));
    IllegalArgumentException tooMany =
        assertThrows(IllegalArgumentException.class, () -> deletion(map(1, 2, 3, 4), 5));
    assertEquals("steps: at most one a place, 4, found 5", tooMany.getMessage());
  }
}
