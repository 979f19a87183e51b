package dev.percept.methods.metric.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapMeanTest {
  @Test
  void theIntervalIsThatOfTheNormalApproximation() {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      values.add(i % 2 == 0 ? 1. : 3.);
    }
    BootstrapMean found = BootstrapMean.of(values, new Random(1));
    assertEquals(2, found.mean(), 1e-12);
    assertEquals(400, found.pictures());
    // Deviation 1, standard error 0.05; the ends of 2000 resamples are known to about 0.004.
    assertEquals(2 - 1.96 * 0.05, found.low(), 0.012);
    assertEquals(2 + 1.96 * 0.05, found.high(), 0.012);
    assertFalse(found.includesZero());
  }

  @Test
  void itCoversTheTruthAboutAsOftenAsItSays() {
    Random random = new Random(4);
    int covered = 0;
    for (int trial = 0; trial < 400; trial++) {
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        values.add(random.nextGaussian());
      }
      covered += BootstrapMean.of(values, new Random(trial)).includesZero() ? 1 : 0;
    }
    // A percentile bootstrap of 40 values covers some 94 %; binomial deviation 1.2 %.
    assertEquals(0.94, covered / 400., 0.04);
  }

  @Test
  void shiftingAndScalingMovesTheInterval() {
    List<Double> values = List.of(1., 5., 2., 8., 3.);
    List<Double> moved = values.stream().map(v -> 10 - 2 * v).toList();
    BootstrapMean a = BootstrapMean.of(values, new Random(1));
    BootstrapMean b = BootstrapMean.of(moved, new Random(1));
    assertEquals(10 - 2 * a.mean(), b.mean(), 1e-12);
    assertTrue(b.low() < b.mean() && b.mean() < b.high());
    assertEquals(BootstrapMean.of(values, new Random(1)), a);
  }

  @Test
  void onePictureHasNoWidth() {
    BootstrapMean one = BootstrapMean.of(List.of(7.), new Random(1));
    assertEquals(new BootstrapMean(7, 7, 7, 1), one);
  }

  @Test
  void unfitValuesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> BootstrapMean.of(List.of(), new Random(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> BootstrapMean.of(Collections.nCopies(3, Double.NaN), new Random(1)));
  }
}
