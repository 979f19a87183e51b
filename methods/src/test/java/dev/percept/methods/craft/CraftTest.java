package dev.percept.methods.craft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.factorization.Nmf;
import dev.percept.methods.importance.AutoImportance;
import dev.percept.methods.metric.Curve;
import dev.percept.methods.metric.RankCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** CRAFT on a model whose truth is known: see {@link PlantedModel}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CraftTest {
  private static final int R = PlantedModel.CONCEPTS;
  private static final Target TARGET = new Target(2, "two");

  /** Activations reach 5 and are rounded to float32 at every step: some 1e-6 each. */
  private static final double ROUNDING = 1e-4;

  private final PlantedModel model = PlantedModel.affine();
  private final PlantedPictures pictures = PlantedPictures.of(24);
  private final Craft craft =
      new Craft(Nmf.of(R), AutoImportance.defaults(), Craft.Options.DEFAULT);
  private final CraftResult result = explain(model, craft, Run.of(0));

  private CraftResult explain(PlantedModel model, Craft craft, Run run) {
    return craft.explain(model, pictures, pictures.crops(), pictures.boxes(), TARGET, run);
  }

  /** Which planted concept each found one is, by the cosine of their atoms. */
  private List<Integer> matches() {
    List<Integer> found = new ArrayList<>();
    for (int k = 0; k < R; k++) {
      int best = 0;
      for (int j = 1; j < R; j++) {
        best = cosine(k, j) > cosine(k, best) ? j : best;
      }
      found.add(best);
    }
    return found;
  }

  private double cosine(int found, int planted) {
    Tensor w = result.dictionary().atoms();
    Tensor truth = model.atoms();
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int f = 0; f < PlantedModel.FEATURES; f++) {
      ab += (double) w.get(found, f) * truth.get(planted, f);
      aa += (double) w.get(found, f) * w.get(found, f);
      bb += (double) truth.get(planted, f) * truth.get(planted, f);
    }
    return ab / Math.sqrt(aa * bb);
  }

  @Test
  void plantedConceptsAreFound() {
    List<Integer> matches = matches();
    assertEquals(R, matches.stream().distinct().count(), "each planted concept once: " + matches);
    for (int k = 0; k < R; k++) {
      // The factorisation stops at a tolerance of 1e-4, so it is near, not equal.
      assertTrue(cosine(k, matches.get(k)) > 0.99, "concept " + k);
    }
    assertTrue(result.reconstruction().r2() > 0.99, "planted activations are rebuilt");
    assertTrue(result.randomReconstruction().r2() < 0.8, "by chance they are not");
  }

  @Test
  void importanceIsThatOfThePlantedConcepts() {
    assertEquals("affine-exact", result.importance().estimator());
    assertEquals(0, result.importance().designs());
    assertTrue(result.importance().settled());
    double[] truth = plantedImportance();
    List<Integer> matches = matches();
    for (int k = 0; k < R; k++) {
      Importance.OfConcept c = result.importance().concepts().get(k);
      // Atoms are recovered to about 1 %, and so is what they add.
      assertEquals(truth[matches.get(k)], c.total(), 0.03, "concept " + k);
      assertEquals(
          (int) Math.signum(model.effect(model.atoms(), matches.get(k), TARGET.index())),
          c.sign(),
          "sign of concept " + k);
      assertEquals(c.total(), c.low());
      assertEquals(c.total(), c.high());
    }
  }

  /** c_k^2 / sum c_j^2 of each picture, with c the planted strength times the atom's effect. */
  private double[] plantedImportance() {
    double[] mean = new double[R];
    for (int i = 0; i < pictures.size(); i++) {
      double[] squares = new double[R];
      double sum = 0;
      for (int k = 0; k < R; k++) {
        double c = pictures.strength(i, k) * model.effect(model.atoms(), k, TARGET.index());
        squares[k] = c * c;
        sum += squares[k];
      }
      for (int k = 0; k < R; k++) {
        mean[k] += squares[k] / sum / pictures.size();
      }
    }
    return mean;
  }

  @Test
  void idsAreRanks() {
    List<Double> totals =
        result.importance().concepts().stream().map(Importance.OfConcept::total).toList();
    for (int k = 1; k < R; k++) {
      assertTrue(totals.get(k - 1) >= totals.get(k), totals.toString());
    }
    assertEquals(1, totals.stream().mapToDouble(t -> t).sum(), 1e-6);
  }

  @Test
  void whatHelpsMostGoesFirst() {
    List<Integer> order = result.order();
    for (int i = 1; i < R; i++) {
      assertTrue(pull(order.get(i - 1)) >= pull(order.get(i)), order.toString());
    }
    assertEquals(R, order.stream().distinct().count());
  }

  private double pull(int k) {
    Importance.OfConcept c = result.importance().concepts().get(k);
    return c.sign() * c.total();
  }

  @Test
  void contributionsAddUpToTheLogit() {
    for (ShownPicture shown : result.shown()) {
      assertEquals(TARGET.index(), shown.sums().get(0).output());
      for (LogitSum sum : shown.sums()) {
        double all = sum.start() + sum.other();
        for (double c : sum.concepts()) {
          all += c;
        }
        assertEquals(sum.logit(), all, 1e-12, "a sum in double precision");
        assertEquals(PlantedModel.BIAS, sum.start(), ROUNDING, "nothing but the bias is left");
        for (int k = 0; k < R; k++) {
          assertEquals(
              meanCode(shown.picture(), k)
                  * model.effect(result.dictionary().atoms(), k, sum.output()),
              sum.concepts().get(k),
              ROUNDING);
        }
      }
      assertEquals(shown.answer().logit(), shown.sums().get(0).logit());
    }
  }

  private double meanCode(int picture, int k) {
    Tensor codes = result.codes().row(picture);
    double sum = 0;
    for (int l = 0; l < codes.rows(); l++) {
      sum += codes.get(l, k);
    }
    return sum / codes.rows();
  }

  @Test
  void takingAConceptAwayTakesItsContributionAway() {
    for (ShownPicture shown : result.shown()) {
      for (int k = 0; k < R; k++) {
        assertEquals(
            shown.answer().logit() - shown.sums().get(0).concepts().get(k),
            shown.without().get(k).logit(),
            ROUNDING);
      }
    }
  }

  @Test
  void theRestOfTheLogitsCompletesTheSoftmax() {
    for (ShownPicture shown : result.shown()) {
      double[] logits = logits(shown.picture());
      double all = 0;
      for (double logit : logits) {
        all += Math.exp(logit);
      }
      double named = Math.exp(shown.restLogSumExp());
      for (LogitSum sum : shown.sums()) {
        named += Math.exp(sum.logit());
      }
      assertTrue(shown.sums().size() < PlantedModel.OUTPUTS, "some logits are in the rest");
      assertEquals(all, named, 1e-6 * all);
      assertEquals(Math.exp(logits[TARGET.index()]) / all, shown.answer().probability(), 1e-6);
    }
  }

  private double[] logits(int picture) {
    Tensor row = model.logits(pictures.batch(picture, picture + 1));
    double[] values = new double[row.shape().size()];
    for (int c = 0; c < values.length; c++) {
      values[c] = row.get(c);
    }
    return values;
  }

  @Test
  void picturesAreShownFromTheSurestToTheLeastSure() {
    List<Double> logits = result.shown().stream().map(s -> s.answer().logit()).toList();
    assertEquals(pictures.size(), logits.size());
    for (int i = 1; i < logits.size(); i++) {
      assertTrue(logits.get(i - 1) >= logits.get(i), logits.toString());
    }
  }

  @Test
  void curvesBeginAndEndWhereTheModelDoes() {
    Curve deletion = result.curves().deletionLogit();
    Curve insertion = result.curves().insertionLogit();
    assertEquals(PlantedModel.BIAS, deletion.values().get(R), ROUNDING);
    assertEquals(PlantedModel.BIAS, insertion.values().get(0), ROUNDING);
    double rebuilt = 0;
    for (int i = 0; i < pictures.size(); i++) {
      rebuilt +=
          model
                  .headOfCodes(result.codes().slice(i, i + 1), result.dictionary())
                  .get(0, TARGET.index())
              / (double) pictures.size();
    }
    assertEquals(rebuilt, deletion.values().get(0), ROUNDING);
    assertEquals(rebuilt, insertion.values().get(R), ROUNDING);
    // By definition of the order no other makes the logit fall faster, on average.
    assertTrue(deletion.area() <= deletion.random().area() + ROUNDING);
  }

  @Test
  void neitherBatchNorThreadsChangeABit() {
    for (int threads : new int[] {1, 3}) {
      for (int batch : new int[] {1, 5, 64}) {
        Craft other =
            new Craft(Nmf.of(R), craft.importance(), Craft.Options.DEFAULT.withBatch(batch));
        Craft.Concepts found =
            other.find(
                model,
                pictures,
                pictures.crops(),
                pictures.boxes(),
                TARGET,
                Run.of(0).withThreads(threads));
        assertArrayEquals(
            result.dictionary().atoms().toArray(), found.bank().dictionary().atoms().toArray());
        assertArrayEquals(result.codes().toArray(), found.codes().toArray());
        assertEquals(result.importance().concepts(), found.importance().concepts());
      }
    }
  }

  @Test
  void theNumberOfConceptsCanBeChosen() {
    assertNull(result.rankCurve());
    // The extractor's own number, a wrong one, plays no part.
    Craft choosing =
        new Craft(
            Nmf.of(R + 5), craft.importance(), Craft.Options.DEFAULT.withChooseConcepts(true));
    CraftResult chosen = explain(model, choosing, Run.of(0));
    RankCurve curve = chosen.rankCurve();
    assertNotNull(curve);
    assertEquals(R, curve.chosen(), curve.toString());
    assertArrayEquals(result.dictionary().atoms().toArray(), chosen.dictionary().atoms().toArray());
    assertEquals(R, chosen.stability().concepts().size());
    assertEquals(curve, explain(model, choosing, Run.of(0).withThreads(1)).rankCurve());
  }

  @Test
  void anotherSeedGivesOtherRandomConcepts() {
    CraftResult other = explain(model, craft, Run.of(1));
    assertNotEquals(result.randomReconstruction(), other.randomReconstruction());
    assertEquals(
        result.importance().concepts().get(0).total(),
        other.importance().concepts().get(0).total(),
        0.03,
        "what is planted is found with any seed");
  }

  @Test
  void aHeadThatSaturatesIsSampled() {
    PlantedModel bent = PlantedModel.saturating();
    CraftResult sampled = explain(bent, craft, Run.of(0));
    assertEquals("jansen", sampled.importance().estimator());
    assertTrue(sampled.importance().designs() > 0);
    assertEquals(R, sampled.statistics().size());
    for (Importance.OfConcept c : sampled.importance().concepts()) {
      assertTrue(c.low() <= c.total() && c.total() <= c.high(), c.toString());
    }
    ShownPicture shown = sampled.shown().get(0);
    assertTrue(shown.sums().isEmpty(), "no sum is true of such a head");
    assertEquals(Double.NEGATIVE_INFINITY, shown.restLogSumExp());
    assertEquals(R, shown.without().size());
  }

  @Test
  void aModelThatSaysTheSameOfEverythingGivesZerosAndNeverNaN() {
    CraftResult constant = explain(PlantedModel.constant(), craft, Run.of(0));
    for (Importance.OfConcept c : constant.importance().concepts()) {
      assertEquals(new Importance.OfConcept(0, 0, 0, 0, 0, 0), c);
    }
    assertTrue(constant.importance().perExample().isFinite());
    assertTrue(constant.codes().isFinite());
    for (Curve curve :
        List.of(
            constant.curves().deletionLogit(),
            constant.curves().insertionLogit(),
            constant.curves().deletionProbability(),
            constant.curves().insertionProbability())) {
      curve.values().forEach(v -> assertTrue(Double.isFinite(v)));
      curve.random().mean().forEach(v -> assertTrue(Double.isFinite(v)));
      assertTrue(Double.isFinite(curve.area()));
    }
    for (CraftResult.OfConcept of : constant.statistics()) {
      assertTrue(Double.isFinite(of.consistency().excess()));
      of.reliability().value().ifPresent(v -> assertTrue(Double.isFinite(v)));
    }
    for (ShownPicture shown : constant.shown()) {
      assertEquals(1.0 / PlantedModel.OUTPUTS, shown.answer().probability(), 1e-9);
    }
  }

  @Test
  void cropsThatStandForAConceptHoldIt() {
    for (int k = 0; k < R; k++) {
      int strongest = result.crops().get(k).levels().get(0).crops().get(0);
      int weakest = result.crops().get(k).counterExamples().get(0);
      assertTrue(result.cropCodes().get(strongest, k) > result.cropCodes().get(weakest, k));
      for (int i = 0; i < result.cropCodes().rows(); i++) {
        assertTrue(result.cropCodes().get(i, k) <= result.cropCodes().get(strongest, k));
      }
    }
  }

  @Test
  void aCancelledRunStops() {
    Run before = Run.of(0);
    before.cancel();
    assertThrows(CancellationException.class, () -> explain(model, craft, before));
    List<String> stages = new ArrayList<>();
    explain(
        model,
        craft,
        Run.of(0)
            .withProgress(
                (what, steps) -> {
                  stages.add(what);
                  return done -> {};
                }));
    assertTrue(stages.containsAll(List.of("crops", "pictures", "curves")), stages.toString());
    for (int last = 0; last < stages.size(); last++) {
      Run run = Run.of(0);
      List<String> seen = new ArrayList<>();
      int until = last + 1;
      Run watched =
          run.withProgress(
              (what, steps) -> {
                seen.add(what);
                if (seen.size() == until) {
                  run.cancel();
                }
                return done -> {};
              });
      assertThrows(
          CancellationException.class, () -> explain(model, craft, watched), stages.get(last));
      assertEquals(stages.subList(0, until), seen, "nothing begins after that");
    }
  }

  @Test
  void badArgumentsAreNamed() {
    assertEquals(
        "boxes: one a crop, 216, found 0",
        message(
            () -> craft.explain(model, pictures, pictures.crops(), List.of(), TARGET, Run.of(0))));
    assertEquals("batch: at least 1, found 0", message(() -> Craft.Options.DEFAULT.withBatch(0)));
    assertEquals(
        "crops: at least 1, found -3", message(() -> new Craft.Options(1, 1, 1, 1, -3, false)));
    assertTrue(
        message(
                () ->
                    explain(
                        model,
                        new Craft(Nmf.of(1000), AutoImportance.defaults(), Craft.Options.DEFAULT),
                        Run.of(0)))
            .contains("1000 concepts"));
  }

  private static String message(Runnable bad) {
    String message = assertThrows(IllegalArgumentException.class, bad::run).getMessage();
    assertNotNull(message);
    return message;
  }
}
