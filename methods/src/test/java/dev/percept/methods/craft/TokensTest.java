package dev.percept.methods.craft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.Grid;
import dev.percept.core.Run;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.TokensAdded;
import dev.percept.methods.attribution.GradCam;
import dev.percept.methods.factorization.AtomBank;
import dev.percept.methods.factorization.NonNegativeBank;
import dev.percept.methods.map.ConceptMap;
import dev.percept.methods.score.ConceptScore;
import dev.percept.methods.score.ConceptScores;
import dev.percept.methods.score.DifferentiableConceptScore;
import dev.percept.methods.score.DifferentiableLogitScore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tokens that the head does not read change nothing that is said of places and concepts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensTest {
  private static final Run RUN = Run.of(0);
  private static final Target TARGET = new Target(2, "two");
  private static final int SIDE = PlantedModel.SIDE;

  private final PlantedModel plain = PlantedModel.affine();
  private final DifferentiableSplitModel added = new TokensAdded(plain, 2, 1);
  private final Grid grid = added.grid();
  private final PlantedPictures pictures = PlantedPictures.of(8);
  private final CraftResult without = explain(plain);
  private final CraftResult with = explain(added);

  private CraftResult explain(DifferentiableSplitModel model) {
    return Craft.of(PlantedModel.CONCEPTS)
        .explain(model, pictures, pictures.crops(), pictures.boxes(), TARGET, RUN);
  }

  @Test
  void conceptsAndTheirImportanceAreTheSame() {
    assertArrayEquals(without.dictionary().atoms().toArray(), with.dictionary().atoms().toArray());
    assertEquals(without.importance().concepts(), with.importance().concepts());
    assertEquals(without.statistics(), with.statistics());
    assertEquals(without.answers(), with.answers());
    assertEquals(without.shown(), with.shown());
  }

  @Test
  void everyTokenHasACodeAndPlacesKeepTheirs() {
    assertEquals(SIDE * SIDE + 3, with.codes().shape().dim(1));
    assertArrayEquals(without.codes().toArray(), grid.ofPlaces(with.codes()).toArray());
    float strongest = 0;
    for (float code : grid.ofSpecials(with.codes()).toArray()) {
      strongest = Math.max(strongest, code);
    }
    assertTrue(strongest > 10, "the tokens hold 100 in every feature, found " + strongest);
  }

  @Test
  void mapsShowPlacesOnly() {
    for (int k = 0; k < PlantedModel.CONCEPTS; k++) {
      assertArrayEquals(
          ConceptMap.of(without.codes().row(3), plain.grid(), k, 24, 24).values(),
          ConceptMap.of(with.codes().row(3), grid, k, 24, 24).values());
    }
    Tensor inputs = pictures.batch(0, 4);
    GradCam cam = new GradCam(true, 2);
    Tensor expected =
        cam.attribute(new DifferentiableLogitScore(plain, TARGET), inputs, RUN).values();
    Tensor found = cam.attribute(new DifferentiableLogitScore(added, TARGET), inputs, RUN).values();
    assertEquals(expected.shape(), found.shape());
    assertArrayEquals(expected.toArray(), found.toArray());
  }

  @Test
  void scoresOfConceptsSumOverPlaces() {
    AtomBank bank = without.bank();
    Tensor inputs = pictures.batch(0, 4);
    for (int k = 0; k < PlantedModel.CONCEPTS; k++) {
      float[] expected = ConceptScore.sum(plain, bank, k, RUN).score(inputs);
      assertArrayEquals(expected, ConceptScore.sum(added, bank, k, RUN).score(inputs));
      assertArrayEquals(expected, new ConceptScores(added, bank, RUN).all().get(k).score(inputs));
      assertArrayEquals(
          ConceptScore.at(plain, bank, k, 5, RUN).score(inputs),
          ConceptScore.at(added, bank, k, grid.location(5), RUN).score(inputs));
    }
  }

  @Test
  void gradientsOfConceptsArriveAtPlacesOnly() {
    DifferentiableConceptScore score =
        DifferentiableConceptScore.sum(
            added, NonNegativeBank.of(without.dictionary(), false), 1, RUN);
    Tensor gradients = score.atCut(pictures.batch(0, 2)).gradients();
    for (float v : grid.ofSpecials(gradients).toArray()) {
      assertEquals(0, v);
    }
    float strongest = 0;
    for (float v : grid.ofPlaces(gradients).toArray()) {
      strongest = Math.max(strongest, Math.abs(v));
    }
    assertTrue(strongest > 0);
  }
}
