package dev.percept.zoo.exam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.zoo.Creatures;
import dev.percept.zoo.Mask;
import dev.percept.zoo.Part;
import dev.percept.zoo.Scene;
import dev.percept.zoo.SceneExamples;
import dev.percept.zoo.Species;
import dev.percept.zoo.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExamTest {
  static final CellColours MODEL = new CellColours();
  private static final Exam.Options SHORT = new Exam.Options(10, 1, Split.TUNE);

  /** Who knows the truth: one concept a part, its share of each cell, its effect as importance. */
  static final Explainer KNOWS_ALL =
      (pictures, target, run) -> {
        List<Scene> scenes = ((SceneExamples) pictures).scenes();
        List<Part> parts = parts(scenes);
        Map<Part, Double> effects = CausalEffects.of(MODEL, scenes, parts, target.index(), run);
        int cell = Creatures.SIDE / CellColours.GRID.columns();
        int locations = CellColours.GRID.size();
        float[] codes = new float[scenes.size() * locations * parts.size()];
        for (int i = 0; i < scenes.size(); i++) {
          for (Part part : scenes.get(i).parts()) {
            Mask mask = scenes.get(i).mask(part);
            for (int p = 0; p < Creatures.SIDE * Creatures.SIDE; p++) {
              if (mask.get(p)) {
                int location =
                    p / Creatures.SIDE / cell * CellColours.GRID.columns()
                        + p % Creatures.SIDE / cell;
                codes[(i * locations + location) * parts.size() + parts.indexOf(part)] += 1;
              }
            }
          }
        }
        return new Explained(
            Tensor.wrap(Shape.of(scenes.size(), locations, parts.size()), codes),
            CellColours.GRID,
            parts.stream().map(p -> Math.abs(effects.getOrDefault(p, 0.0))).toList());
      };

  /** Who knows nothing. */
  private static final Explainer GUESSES =
      (pictures, target, run) -> {
        RandomGenerator random = run.random("test.guess" + target.index());
        int r = 8;
        float[] codes = new float[pictures.size() * CellColours.GRID.size() * r];
        for (int i = 0; i < codes.length; i++) {
          codes[i] = (float) random.nextDouble();
        }
        List<Double> importance = new ArrayList<>();
        for (int k = 0; k < r; k++) {
          importance.add(random.nextDouble());
        }
        return new Explained(
            Tensor.wrap(Shape.of(pictures.size(), CellColours.GRID.size(), r), codes),
            CellColours.GRID,
            importance);
      };

  private static List<Part> parts(List<Scene> scenes) {
    TreeSet<Part> parts = new TreeSet<>();
    scenes.forEach(s -> parts.addAll(s.parts()));
    return new ArrayList<>(parts);
  }

  private static ExamReport knowsAll;
  private static ExamReport guesses;

  @BeforeAll
  static void holdThem() {
    knowsAll = take(KNOWS_ALL);
    guesses = take(GUESSES);
  }

  private static ExamReport take(Explainer explainer) {
    return new Exam(MODEL, explainer, SHORT).take(Run.of(1).withThreads(2));
  }

  @Test
  void whoKnowsAllPasses() {
    ExamReport report = knowsAll;
    assertEquals(Species.values().length, report.species().size());
    for (SpeciesReport species : report.species()) {
      for (ConceptMark concept : species.concepts()) {
        PartMark own = species.parts().get(concept.concept());
        assertEquals(own.part(), concept.part(), species.species() + " " + concept);
        assertEquals(own.effect(), concept.effect(), 1e-12);
      }
      assertTrue(species.mean(PartMark::auroc) > 0.95, species.toString());
      assertEquals(1, species.byConcept().value(), 1e-9, species.species().label());
      assertEquals(1, species.byPart().value(), 1e-9, species.species().label());
    }
    assertEquals(1, report.byConcept().value(), 1e-9);
    assertEquals(1, report.stickersFound());
    assertEquals(
        report.sticker().get(0).effectRank(), report.sticker().get(0).rank(), "same order");
  }

  @Test
  void whoGuessesDoesNot() {
    ExamReport report = guesses;
    // The best of eight guesses on each part is a little above one half.
    assertTrue(report.mean(PartMark::auroc) < 0.65, report.mean(PartMark::auroc) + "");
    assertTrue(Math.abs(report.byConcept().value()) < 0.45, report.byConcept().toString());
    assertTrue(report.byConcept().low() < 0 && report.byConcept().high() > 0);
    assertEquals(0, report.stickersFound());
  }

  @Test
  void theOrderOfConceptsDoesNotMatter() {
    ExamReport straight = knowsAll;
    ExamReport reversed =
        take(
            (pictures, target, run) -> {
              Explained e = KNOWS_ALL.explain(pictures, target, run);
              int r = e.concepts();
              float[] codes = e.codes().toArray();
              float[] other = new float[codes.length];
              for (int i = 0; i < codes.length; i++) {
                other[i / r * r + r - 1 - i % r] = codes[i];
              }
              List<Double> importance = new ArrayList<>(e.importance());
              Collections.reverse(importance);
              return new Explained(Tensor.wrap(e.codes().shape(), other), e.grid(), importance);
            });
    for (int s = 0; s < straight.species().size(); s++) {
      SpeciesReport a = straight.species().get(s);
      SpeciesReport b = reversed.species().get(s);
      assertEquals(a.mean(PartMark::auroc), b.mean(PartMark::auroc), 1e-12);
      assertEquals(a.mean(PartMark::iou), b.mean(PartMark::iou), 1e-12);
      assertEquals(a.byConcept().value(), b.byConcept().value(), 1e-12);
      int r = a.concepts().size();
      for (int k = 0; k < r; k++) {
        assertEquals(a.concepts().get(k).part(), b.concepts().get(r - 1 - k).part());
        assertEquals(a.concepts().get(k).auroc(), b.concepts().get(r - 1 - k).auroc());
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameReport() {
    assertEquals(guesses, take(GUESSES));
  }

  @Test
  void effectsAreTheFallOfTheLogit() {
    List<Scene> scenes = Creatures.scenes(Split.TUNE, Species.CAT, 0, 3);
    Map<Part, Double> effects = CausalEffects.of(MODEL, scenes, List.of(Part.EARS), 2, Run.of(0));
    double fall = 0;
    for (Scene scene : scenes) {
      Tensor with = MODEL.logits(new SceneExamples(List.of(scene)).batch(0, 1));
      Tensor without =
          MODEL.logits(new SceneExamples(List.of(scene.without(Part.EARS))).batch(0, 1));
      fall += (with.get(0, 2) - without.get(0, 2)) / 3.0;
    }
    assertEquals(fall, effects.getOrDefault(Part.EARS, Double.NaN), 1e-6);
  }

  @Test
  void takingAChannelOutOfALinearHeadIsItsContribution() {
    List<Scene> scenes = Creatures.scenes(Split.TUNE, Species.FISH, 0, 4);
    SceneExamples pictures = new SceneExamples(scenes);
    Explained channels = Controls.channels(MODEL, pictures, 0, Run.of(0));
    Tensor pooled = MODEL.pooled(pictures.batch(0, 4));
    double red = 0;
    for (int i = 0; i < 4; i++) {
      red += 3.0 * pooled.get(i, 0) / 4;
    }
    assertEquals(3, channels.concepts());
    // Float32 sums of 144 cells; importance is the square of the mean contribution.
    assertEquals(red * red, channels.importance().get(0), 1e-4 * red * red);
    assertEquals(
        MODEL.activations(pictures.batch(0, 4)).values().get(5), channels.codes().get(5), 1e-7);
  }

  @Test
  void unfitExplanationsAreRefused() {
    Tensor codes = Tensor.zeros(Shape.of(2, 144, 3));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Explained(codes, CellColours.GRID, List.of(1.0, 2.0)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Explained(codes, CellColours.GRID, List.of(1.0, 2.0, -1.0)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Explained(codes, CellColours.GRID, List.of(1.0, 2.0, Double.NaN)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Explained(
                codes.reshape(2, 3, 144), CellColours.GRID, Collections.nCopies(144, 1.0)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            take(
                (pictures, target, run) ->
                    new Explained(codes, CellColours.GRID, List.of(1.0, 2.0, 3.0))));
    assertThrows(IllegalArgumentException.class, () -> new Exam.Options(9, 1, Split.EXAM));
    assertThrows(IllegalArgumentException.class, () -> new Exam.Options(20, -1, Split.EXAM));
    assertThrows(IllegalArgumentException.class, () -> new Exam.Options(20, 1, Split.TRAIN));
  }

  @Test
  void sharesAddUp() {
    Explained e =
        new Explained(Tensor.zeros(Shape.of(1, 144, 2)), CellColours.GRID, List.of(1.0, 3.0));
    assertEquals(List.of(0.25, 0.75), e.shares());
    Explained none =
        new Explained(Tensor.zeros(Shape.of(1, 144, 2)), CellColours.GRID, List.of(0.0, 0.0));
    assertEquals(List.of(0.0, 0.0), none.shares());
  }
}
