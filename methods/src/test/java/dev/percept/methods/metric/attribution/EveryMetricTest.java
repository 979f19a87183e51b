package dev.percept.methods.metric.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.attribution.Baseline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every metric promises. A new one is a line in {@link #metrics}. */
class EveryMetricTest {
  private static final Run RUN = Run.of(5);
  private static final Shape INPUT = Shape.of(2, 6, 8);
  private static final int N = 4;
  private static final LinearScore SCORE = LinearScore.random(INPUT, 1);
  private static final LinearScore OTHER = LinearScore.random(INPUT, 2);
  private static final Tensor INPUTS = LinearScore.values(INPUT.batch(N), 3);
  private static final Tensor MAPS = SCORE.contributions(INPUTS);

  static Stream<AttributionMetric> metrics() {
    return metrics(7);
  }

  static Stream<AttributionMetric> metrics(int batch) {
    return Stream.of(
        new Deletion(new Baseline.Zero(), 5, batch),
        new Insertion(new Baseline.Zero(), 5, batch),
        new MuFidelity(new Baseline.Zero(), 30, 0.2, 0, batch),
        new MuFidelity(new Baseline.Zero(), 30, 0.2, 2, batch),
        new Sensitivity(Sensitivity.Over.MEAN, 0.1, 3),
        new Sensitivity(Sensitivity.Over.MAX, 0.1, 3),
        new Sparseness(),
        new Complexity(),
        new PointingGame(0),
        new PointingGame(2),
        new RelevanceMass(),
        new RelevanceRank(),
        SanityCheck.modelRandomisation(new RankSimilarity(false)),
        SanityCheck.randomLogit(new RankSimilarity(true)),
        SanityCheck.randomLogit(new StructuralSimilarity(7)));
  }

  private static List<Double> measure(
      AttributionMetric metric, Tensor inputs, Tensor maps, Run run) {
    if (metric instanceof MapMetric m) {
      return m.of(maps);
    } else if (metric instanceof ScoreMetric m) {
      return m.of(SCORE, inputs, maps, run);
    } else if (metric instanceof MaskMetric m) {
      return m.of(maps, masks(maps.shape()));
    } else if (metric instanceof RerunMetric m) {
      return m.of(LinearScore.CONTRIBUTIONS, SCORE, inputs, maps, run);
    } else if (metric instanceof SanityCheck m) {
      return m.of(LinearScore.CONTRIBUTIONS, OTHER, inputs, maps, run);
    }
    throw new AssertionError("a kind of metric that this test does not know");
  }

  /** The left quarter of every picture. */
  private static Tensor masks(Shape shape) {
    float[] masks = new float[shape.size()];
    for (int at = 0; at < masks.length; at++) {
      masks[at] = at % shape.dim(2) < shape.dim(2) / 4 ? 1 : 0;
    }
    return Tensor.wrap(shape, masks);
  }

  @Test
  void namesAndSettingsTellMetricsApart() {
    Set<String> seen = new HashSet<>();
    for (AttributionMetric metric : metrics().toList()) {
      assertTrue(metric.name().matches("[a-z-]+"), metric.name());
      assertTrue(seen.add(metric.name() + metric.settings()), metric.name());
      assertNotNull(metric.better());
    }
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void onePictureOneFiniteNumber(AttributionMetric metric) {
    List<Double> values = measure(metric, INPUTS, MAPS, RUN);
    assertEquals(N, values.size());
    values.forEach(v -> assertTrue(Double.isFinite(v), metric.name()));
    if (metric instanceof MaskMetric) {
      values.forEach(v -> assertTrue(v >= 0 && v <= 1, metric.name() + v));
    }
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void aPictureIsMeasuredAsIfItWereAlone(AttributionMetric metric) {
    List<Double> together = measure(metric, INPUTS, MAPS, RUN);
    List<Double> alone = new ArrayList<>();
    for (int i = 0; i < N; i++) {
      alone.addAll(measure(metric, INPUTS.slice(i, i + 1), MAPS.slice(i, i + 1), RUN));
    }
    assertEquals(alone, together);
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void theSeedDecidesAndThreadsDoNot(AttributionMetric metric) {
    assertEquals(
        measure(metric, INPUTS, MAPS, RUN.withThreads(1)),
        measure(metric, INPUTS, MAPS, RUN.withThreads(3)));
    boolean draws = metric instanceof MuFidelity || metric instanceof Sensitivity;
    boolean same =
        measure(metric, INPUTS, MAPS, RUN).equals(measure(metric, INPUTS, MAPS, Run.of(6)));
    assertEquals(!draws, same, metric.name());
  }

  @Test
  void theBatchChangesNothingButMemory() {
    List<AttributionMetric> small = metrics(1).toList();
    List<AttributionMetric> large = metrics(1000).toList();
    for (int m = 0; m < small.size(); m++) {
      SCORE.largestBatch.set(0);
      List<Double> values = measure(small.get(m), INPUTS, MAPS, RUN);
      assertTrue(SCORE.largestBatch.get() <= 1, small.get(m).name());
      assertEquals(measure(large.get(m), INPUTS, MAPS, RUN), values, small.get(m).name());
    }
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void mapsThatCannotBeMeasuredAreRefused(AttributionMetric metric) {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] values = MAPS.toArray();
      values[17] = bad;
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> measure(metric, INPUTS, Tensor.wrap(MAPS.shape(), values), RUN));
      assertTrue(String.valueOf(refused.getMessage()).contains("found " + bad));
    }
    Tensor none = Tensor.zeros(Shape.of(0, 6, 8));
    assertThrows(
        IllegalArgumentException.class,
        () -> measure(metric, Tensor.zeros(INPUT.batch(0)), none, RUN));
    assertThrows(
        IllegalArgumentException.class,
        () -> measure(metric, INPUTS, MAPS.reshape(N, 1, 6, 8), RUN));
    if (!(metric instanceof MapMetric) && !(metric instanceof MaskMetric)) {
      for (Tensor wrong : List.of(MAPS.slice(1, N), MAPS.reshape(N, 8, 6))) {
        assertThrows(IllegalArgumentException.class, () -> measure(metric, INPUTS, wrong, RUN));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void aMapOfEqualNumbersSaysNothingAndBreaksNothing(AttributionMetric metric) {
    for (float v : new float[] {0, -2.5f, 3}) {
      float[] flat = new float[MAPS.shape().size()];
      Arrays.fill(flat, v);
      List<Double> values = measure(metric, INPUTS, Tensor.wrap(MAPS.shape(), flat), RUN);
      values.forEach(found -> assertTrue(Double.isFinite(found), metric.name()));
      if (metric instanceof MuFidelity || metric instanceof Sparseness) {
        values.forEach(found -> assertEquals(0, found, 1e-12));
      }
      if (metric instanceof SanityCheck s && s.similarity() instanceof RankSimilarity) {
        values.forEach(found -> assertEquals(0, found));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void aLargerScaleOfTheMapIsNotABetterMap(AttributionMetric metric) {
    float[] scaled = MAPS.toArray();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= 4; // A power of two: exact.
    }
    if (metric instanceof RerunMetric) {
      return; // The method itself would have to be scaled: SensitivityTest does.
    }
    List<Double> values = measure(metric, INPUTS, MAPS, RUN);
    List<Double> found = measure(metric, INPUTS, Tensor.wrap(MAPS.shape(), scaled), RUN);
    for (int i = 0; i < N; i++) {
      assertEquals(values.get(i), found.get(i), 1e-12, metric.name());
    }
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void cancelledWorkStops(AttributionMetric metric) {
    Run run = Run.of(0);
    run.cancel();
    if (metric instanceof ScoreMetric || metric instanceof RerunMetric) {
      assertThrows(CancellationException.class, () -> measure(metric, INPUTS, MAPS, run));
    } else {
      assertFalse(measure(metric, INPUTS, MAPS, run).isEmpty());
    }
  }
}
