package dev.percept.methods.craft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.percept.core.Dictionary;
import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.factorization.AtomBank;
import dev.percept.methods.factorization.Nmf;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static Importance importance(double... totals) {
    List<Importance.OfConcept> concepts =
        DoubleStream.of(totals).mapToObj(t -> new Importance.OfConcept(t, t, t, t, t, 1)).toList();
    float[] each = new float[totals.length];
    for (int k = 0; k < each.length; k++) {
      each[k] = (float) totals[k];
    }
    return new Importance(
        "affine-exact",
        Importance.Scale.VARIANCE,
        0,
        true,
        concepts,
        Tensor.of(Shape.of(1, each.length), each));
  }

  @Test
  void theMostImportantComesFirstAndEqualOnesStay() {
    assertEquals(List.of(2, 0, 3, 1), Ranking.of(importance(0.3, 0.05, 0.35, 0.3)).order());
    assertEquals(List.of(0, 1, 2), Ranking.of(importance(0, 0, 0)).order());
  }

  @Test
  void importanceIsPutInOrderWithItsColumns() {
    Importance importance = importance(0.1, 0.7, 0.2);
    Importance ranked = Ranking.of(importance).apply(importance);
    assertEquals(
        List.of(0.7, 0.2, 0.1),
        ranked.concepts().stream().map(Importance.OfConcept::total).toList());
    assertArrayEquals(new float[] {0.7f, 0.2f, 0.1f}, ranked.perExample().toArray());
    assertEquals(List.of(0, 1, 2), Ranking.of(ranked).order(), "once ranked, always ranked");
  }

  @Test
  void theOrderOfConceptsChangesNothingTheyRebuild() {
    PlantedModel model = PlantedModel.affine();
    PlantedPictures pictures = PlantedPictures.of(12);
    Run run = Run.of(0);
    Tensor a = Passes.pooled(model, pictures.crops(), 8, run);
    AtomBank bank = Nmf.of(4).fit(a, run).bank();
    Ranking ranking = Ranking.of(importance(0.1, 0.4, 0.2, 0.3));
    AtomBank ranked = ranking.apply(bank);
    Tensor codes = bank.encode(a, run);
    Tensor rankedCodes = ranked.encode(a, run);
    // Exact solvers meet the concepts in another order: the same to rounding.
    assertArrayEquals(ranking.columns(codes).toArray(), rankedCodes.toArray(), 1e-4f);
    assertArrayEquals(
        rebuilt(model, codes, bank.dictionary()),
        rebuilt(model, ranking.columns(codes), ranked.dictionary()),
        1e-4f);
  }

  private static float[] rebuilt(PlantedModel model, Tensor codes, Dictionary dictionary) {
    return model.headOfCodes(codes.reshape(codes.rows(), 1, 4), dictionary).toArray();
  }
}
