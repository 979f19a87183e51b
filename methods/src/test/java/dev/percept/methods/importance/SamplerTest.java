package dev.percept.methods.importance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Importance;
import dev.percept.core.MaskedScore;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SamplerTest {
  @ParameterizedTest
  @EnumSource(Sampler.class)
  void onePointIsUniformOverRandomisations(Sampler sampler) {
    int draws = 4000;
    double mean = 0;
    double squares = 0;
    double product = 0;
    for (int s = 0; s < draws; s++) {
      Tensor points = sampler.points(6, 3, Run.of(s).random("s"));
      double x = points.get(5, 0);
      double y = points.get(5, 2);
      assertTrue(x > 0 && x < 1);
      mean += x / draws;
      squares += x * x / draws;
      product += x * y / draws;
    }
    // Four standard errors: 0.289 / sqrt(4000), 0.298 / sqrt(4000), 0.22 / sqrt(4000).
    assertEquals(0.5, mean, 0.019);
    assertEquals(1 / 3., squares, 0.019);
    assertEquals(0.25, product, 0.014);
  }

  @ParameterizedTest
  @EnumSource(Sampler.class)
  void pointsAreMoreEvenThanChance(Sampler sampler) {
    // Mean of a coordinate over 64 points: chance has a standard deviation of 0.289 / 8 = 0.036.
    double squares = 0;
    for (int s = 0; s < 200; s++) {
      Tensor points = sampler.points(64, 6, Run.of(s).random("s"));
      double mean = 0;
      for (int n = 0; n < 64; n++) {
        mean += points.get(n, 5) / 64;
      }
      squares += (mean - 0.5) * (mean - 0.5) / 200;
    }
    assertTrue(Math.sqrt(squares) < 0.018, "deviation " + Math.sqrt(squares));
  }

  @Test
  void haltonHasOnePointInEachIntervalOfItsBase() {
    Tensor points = Sampler.HALTON.points(343, 4, Run.of(1).random("s"));
    int[] bases = {2, 3, 5, 7};
    int[] counts = {256, 243, 125, 343};
    for (int d = 0; d < 4; d++) {
      assertEquals(0, counts[d] % bases[d]);
      int[] cells = new int[counts[d]];
      for (int n = 0; n < counts[d]; n++) {
        cells[(int) (points.get(n, d) * counts[d])]++;
      }
      for (int cell : cells) {
        assertEquals(1, cell, "base " + bases[d]);
      }
    }
  }

  @Test
  void aLatinHypercubeHasOnePointInEachSlice() {
    Tensor points = Sampler.LATIN_HYPERCUBE.points(50, 30, Run.of(1).random("s"));
    for (int d = 0; d < 30; d++) {
      boolean[] slices = new boolean[50];
      for (int n = 0; n < 50; n++) {
        int slice = (int) (points.get(n, d) * 50);
        assertFalse(slices[slice]);
        slices[slice] = true;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Sampler.class)
  void dimensionsOfLargeBasesAreNotTied(Sampler sampler) {
    // In the plain Halton sequence the 39th and 40th coordinates of the first 64 points are almost
    // equal. Independent ones have a correlation of 1 / sqrt(64) = 0.125 or so.
    double most = 0;
    for (int s = 0; s < 20; s++) {
      Tensor points = sampler.points(64, 40, Run.of(s).random("s"));
      double xy = 0;
      double xx = 0;
      double yy = 0;
      for (int n = 0; n < 64; n++) {
        double x = points.get(n, 38) - 0.5;
        double y = points.get(n, 39) - 0.5;
        xy += x * y;
        xx += x * x;
        yy += y * y;
      }
      most = Math.max(most, Math.abs(xy / Math.sqrt(xx * yy)));
    }
    assertTrue(most < 0.5, "correlation " + most);
  }

  @Test
  void sequencesContinueAndHypercubesBeginAnew() {
    for (Sampler sampler : Sampler.values()) {
      Design.Points all = sampler.design(5, 0, 16).randomised(Run.of(3).random("s"));
      Design.Points tail = sampler.design(5, 8, 16).randomised(Run.of(3).random("s"));
      for (int n = 0; n < 8; n++) {
        for (int d = 0; d < 5; d++) {
          assertEquals(
              sampler != Sampler.LATIN_HYPERCUBE,
              all.at(8 + n, d) == tail.at(n, d),
              sampler + " point " + n);
        }
      }
    }
    // The parts of a growing design have the same size twice: they must not be the same points.
    float first =
        Sampler.LATIN_HYPERCUBE.design(1, 0, 8).randomised(Run.of(3).random("s")).at(0, 0);
    float next =
        Sampler.LATIN_HYPERCUBE.design(1, 8, 16).randomised(Run.of(3).random("s")).at(0, 0);
    assertTrue(first != next);
  }

  @ParameterizedTest
  @EnumSource(Sampler.class)
  void theSeedDecides(Sampler sampler) {
    float[] one = sampler.points(9, 3, Run.of(1).random("s")).toArray();
    assertArrayEquals(one, sampler.points(9, 3, Run.of(1).random("s")).toArray());
    assertFalse(Arrays.equals(one, sampler.points(9, 3, Run.of(2).random("s")).toArray()));
    assertEquals(Shape.of(9, 3), sampler.points(9, 3, Run.of(1).random("s")).shape());
  }

  @ParameterizedTest
  @EnumSource(Sampler.class)
  void anySamplerFindsTotalsWhateverTheIndex(Sampler sampler) {
    SobolImportance sobol = new SobolImportance(8, 1024, 1, 0).withSampler(sampler);
    Importance importance = sobol.estimate(List.of(Scores.ishigami()), Run.of(0));
    double[] truth = {0.5576, 0.4424, 0.2437};
    for (int i = 0; i < 3; i++) {
      Importance.OfConcept c = importance.concepts().get(i);
      // 8,192 designs: chance alone would be off by about 0.01.
      assertEquals(truth[i], c.total(), 0.03);
      assertTrue(c.low() < truth[i] + 0.01 && c.high() > truth[i] - 0.01, c.toString());
    }
    double[] equal = new double[20];
    Arrays.fill(equal, 1);
    List<MaskedScore> examples = new ArrayList<>();
    for (int e = 0; e < 50; e++) {
      examples.add(Scores.affine(0, equal));
    }
    Importance even = new SobolImportance(8, 4, 1, 0, sampler).estimate(examples, Run.of(5));
    even.concepts().forEach(c -> assertEquals(0.05, c.total(), 0.006));
  }

  @Test
  void unfitSizesAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Sampler.HALTON.points(0, 2, Run.of(0).random("s")));
    assertThrows(
        IllegalArgumentException.class, () -> Sampler.SOBOL.points(5, 0, Run.of(0).random("s")));
    assertThrows(
        IllegalArgumentException.class,
        () -> Sampler.LATIN_HYPERCUBE.points(5, 1001, Run.of(0).random("s")));
  }

  @Test
  void primesAreThePrimes() {
    assertArrayEquals(
        new int[] {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31}, ScrambledHalton.primes(11));
  }
}
