package dev.percept.methods.metric.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.Examples;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.attribution.Baseline;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final Run RUN = Run.of(4);
  private static final Shape INPUT = Shape.of(1, 12, 12);
  private static final int CLASSES = 3;
  private static final LinearScore[] LOGITS = {score(0, 1), score(1, 2), score(2, 3)};
  private static final LinearScore[] RANDOM = {score(0, 11), score(1, 12), score(2, 13)};

  private static LinearScore score(int target, long seed) {
    return new LinearScore(INPUT, LinearScore.values(INPUT, seed).toArray()) {
      @Override
      public String name() {
        return "logit of " + target + " by " + seed;
      }
    };
  }

  /** What each place adds: as right as a map can be. */
  private static final Attributor<Score> TRUTH =
      new Attributor<>() {
        @Override
        public String name() {
          return "truth";
        }

        @Override
        public Attribution attribute(Score score, Tensor inputs, Run run) {
          return LinearScore.CONTRIBUTIONS.attribute((LinearScore) score, inputs, run);
        }
      };

  private static final Attributor<Score> BROKEN =
      new Attributor<>() {
        @Override
        public String name() {
          return "broken";
        }

        @Override
        public Attribution attribute(Score score, Tensor inputs, Run run) {
          float[] values = new float[inputs.shape().size()];
          values[0] = Float.NaN;
          Tensor map = Tensor.wrap(inputs.shape(), values);
          return new Attribution(name(), "", null, map, true, 1, 1, null);
        }
      };

  private static Contestant contestant(Attributor<Score> method, boolean random) {
    return new Contestant(method, random, k -> LOGITS[k], List.of(k -> LOGITS[k], k -> RANDOM[k]));
  }

  private static EvaluatedClass pictures(int target, int count) {
    Tensor all = LinearScore.values(INPUT.batch(count), 20 + target);
    Examples examples =
        new Examples() {
          @Override
          public int size() {
            return count;
          }

          @Override
          public Shape shape() {
            return INPUT;
          }

          @Override
          public String name(int index) {
            return "picture " + index;
          }

          @Override
          public void read(int index, FloatBuffer target) {
            target.put(all.row(index).toArray());
          }
        };
    EvaluatedClass.MaskSource masks =
        (from, to) -> {
          float[] left = new float[(to - from) * 144];
          for (int at = 0; at < left.length; at++) {
            left[at] = at % 12 < 3 ? 1 : 0;
          }
          return Tensor.wrap(Shape.of(to - from, 12, 12), left);
        };
    Target of = new Target(target, "class " + target);
    return new EvaluatedClass(of, CLASSES, examples, LOGITS[target], LOGITS[target], masks);
  }

  private static Evaluator evaluator(int batch) {
    Baseline zero = new Baseline.Zero();
    return new Evaluator(
        List.of(
            Column.of(new Deletion(zero, 6, 16)),
            new Column(new Insertion(zero, 6, 16), Column.Reading.PROBABILITY),
            Column.of(new MuFidelity(zero, 40, 0.2, 4, 16)),
            Column.of(new Sensitivity(Sensitivity.Over.MAX, 0.05, 2)),
            Column.of(new Sparseness()),
            Column.of(new RelevanceMass()),
            Column.of(SanityCheck.modelRandomisation(new RankSimilarity(false))),
            Column.of(SanityCheck.randomLogit(new RankSimilarity(false)))),
        batch,
        5);
  }

  private static final List<Contestant> ALL =
      List.of(
          contestant(new RandomMap(0), true),
          contestant(TRUTH, false),
          contestant(LinearScore.PICTURE, false));
  private static final List<EvaluatedClass> CLASS_PICTURES =
      List.of(pictures(0, 7), pictures(2, 4));

  @Test
  void everyMetricIsThatOfItsOwn() {
    List<Evaluated> found = evaluator(3).evaluate(ALL, CLASS_PICTURES, RUN);
    assertEquals(
        List.of("random", "truth", "picture"), found.stream().map(Evaluated::method).toList());
    Evaluated truth = found.get(1);
    Tensor inputs = CLASS_PICTURES.get(1).pictures().batch(0, 4);
    Tensor maps = LOGITS[2].contributions(inputs);
    Deletion deletion = new Deletion(new Baseline.Zero(), 6, 16);
    assertEquals(deletion.of(LOGITS[2], inputs, maps, RUN), truth.values().get(0).subList(7, 11));
    assertEquals(new Sparseness().of(maps), truth.values().get(4).subList(7, 11));
    assertEquals(11, truth.curves().get(0).size());
    assertTrue(truth.curves().get(2).isEmpty());
    // What runs a method again looks at five pictures of each class: 5 of 7 and all 4.
    assertEquals(9, truth.values().get(3).size());
    assertEquals(List.of(9, 9), truth.cascade().stream().map(List::size).toList());
    assertEquals(truth.values().get(6), truth.cascade().get(1));
    // The first stage is the model itself.
    truth.cascade().get(0).forEach(v -> assertEquals(1, v, 1e-12));
    truth.values().get(2).forEach(v -> assertEquals(1, v, 1e-5));
  }

  @Test
  void batchesAndThreadsChangeNothing() {
    List<Evaluated> one = evaluator(1).evaluate(ALL, CLASS_PICTURES, RUN.withThreads(1));
    List<Evaluated> many = evaluator(100).evaluate(ALL, CLASS_PICTURES, RUN.withThreads(3));
    for (int m = 0; m < ALL.size(); m++) {
      assertEquals(one.get(m).values(), many.get(m).values());
      assertEquals(one.get(m).curves(), many.get(m).curves());
    }
  }

  @Test
  void theTruthBeatsChanceAndAMapOfNothingDoesNot() {
    List<Evaluated> found = evaluator(4).evaluate(ALL, CLASS_PICTURES, RUN);
    for (int column : new int[] {0, 2}) {
      AttributionMetric metric = evaluator(1).columns().get(column).metric();
      List<Standing> standings = Standing.of(found, column, metric.better(), RUN);
      Standing truth = standings.get(1);
      assertTrue(truth.best() && !truth.tied());
      BootstrapMean over = truth.overRandom();
      assertNotNull(over);
      assertTrue(over.low() > 0, "found " + over);
      assertNull(standings.get(0).overRandom());
      assertFalse(standings.get(0).best());
      assertFalse(standings.get(2).tied());
    }
  }

  @Test
  void twoNamesOfOneMethodAreTied() {
    List<Contestant> twice = List.of(contestant(TRUTH, false), contestant(TRUTH, false));
    List<Evaluated> found = evaluator(4).evaluate(twice, CLASS_PICTURES, RUN);
    List<Standing> standings = Standing.of(found, 0, AttributionMetric.Better.LOWER, RUN);
    assertTrue(standings.get(0).best());
    assertTrue(standings.get(1).tied());
    assertNull(standings.get(0).overRandom());
    // The direction matters: of random and truth, the higher deletion is random's.
    List<Evaluated> mixed = evaluator(4).evaluate(ALL, CLASS_PICTURES, RUN);
    BootstrapMean over =
        Standing.of(mixed, 0, AttributionMetric.Better.HIGHER, RUN).get(1).overRandom();
    assertTrue(over != null && over.high() < 0);
  }

  @Test
  void whatIsMissingIsNamed() {
    Contestant plain = new Contestant(TRUTH, false, k -> LOGITS[k], List.of());
    IllegalArgumentException noModel =
        assertThrows(
            IllegalArgumentException.class,
            () -> evaluator(4).evaluate(List.of(plain), CLASS_PICTURES, RUN));
    assertEquals(
        "model-randomisation: needs a model with random weights, found none", noModel.getMessage());
    EvaluatedClass c = CLASS_PICTURES.get(0);
    EvaluatedClass bare =
        new EvaluatedClass(c.target(), CLASSES, c.pictures(), c.logit(), c.probability(), null);
    IllegalArgumentException noMasks =
        assertThrows(
            IllegalArgumentException.class, () -> evaluator(4).evaluate(ALL, List.of(bare), RUN));
    assertEquals("relevance-mass: needs masks, found none", noMasks.getMessage());
    PerceptException broken =
        assertThrows(
            PerceptException.class,
            () -> evaluator(4).evaluate(List.of(contestant(BROKEN, false)), CLASS_PICTURES, RUN));
    assertTrue(String.valueOf(broken.getMessage()).startsWith("method 'broken' gives maps"));
    assertThrows(
        IllegalArgumentException.class,
        () -> evaluator(4).evaluate(List.of(), CLASS_PICTURES, RUN));
    assertThrows(IllegalArgumentException.class, () -> new Evaluator(List.of(), 1, 1));
    assertThrows(IllegalArgumentException.class, () -> evaluator(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Column(new Sparseness(), Column.Reading.PROBABILITY));
  }
}
