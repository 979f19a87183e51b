package dev.percept.zoo.exam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Examples;
import dev.percept.core.Grid;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.zoo.Creatures;
import dev.percept.zoo.Part;
import dev.percept.zoo.Scene;
import dev.percept.zoo.SceneExamples;
import dev.percept.zoo.Split;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalisationTest {
  private static final Run RUN = Run.of(3);

  /** Shows the true mask of each part, averaged over cells of {@code cell} pixels. */
  private static Explained truth(Examples pictures, int cell) {
    List<Scene> scenes = ((SceneExamples) pictures).scenes();
    int side = Creatures.SIDE / cell;
    Part[] parts = Part.values();
    float[] maps = new float[scenes.size() * side * side * parts.length];
    for (int i = 0; i < scenes.size(); i++) {
      Part[] seen = scenes.get(i).seen();
      for (int at = 0; at < seen.length; at++) {
        int y = at / Creatures.SIDE / cell;
        int x = at % Creatures.SIDE / cell;
        maps[((i * side + y) * side + x) * parts.length + seen[at].index()] += 1f / (cell * cell);
      }
    }
    return new Explained(
        Tensor.wrap(Shape.of(scenes.size(), side * side, parts.length), maps),
        new Grid(side, side),
        Collections.nCopies(parts.length, 1.0));
  }

  private static List<MapExplainer.Shown> ways(Examples pictures, Target target, Run run) {
    return List.of(
        new MapExplainer.Shown("codes", truth(pictures, 12)),
        new MapExplainer.Shown("same", truth(pictures, 12)),
        new MapExplainer.Shown("fine", truth(pictures, 2)));
  }

  @Test
  void finerMapsOfTheTruthFindPartsBetterThanCoarseOnesAndChanceDoesNot() {
    List<Localisation.Row> rows =
        new Localisation(10, Split.TUNE).take(LocalisationTest::ways, RUN);
    assertEquals(
        List.of("codes", "same", "fine", Localisation.CHANCE),
        rows.stream().map(Localisation.Row::method).toList());
    Localisation.Row codes = rows.get(0);
    assertEquals(0, codes.overCodes().low());
    assertEquals(0, rows.get(1).overCodes().high(), "the same maps are no better");
    Localisation.Row fine = rows.get(2);
    assertTrue(fine.auroc() > 0.99, fine.toString());
    assertTrue(fine.iou() > 0.8, fine.toString());
    assertTrue(fine.overCodes().low() > 0, fine.toString());
    assertTrue(fine.iouOverCodes().low() > 0.2, fine.toString());
    assertEquals(fine.auroc() - codes.auroc(), fine.overCodes().value(), 1e-12);
    Localisation.Row chance = rows.get(3);
    assertTrue(chance.overCodes().high() < 0, chance.toString());
    assertEquals(codes.parts(), chance.parts());
    assertTrue(codes.parts() > 20, "parts of all species: " + codes.parts());
  }

  @Test
  void unfitOptionsAndAnswersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Localisation(9, Split.TUNE));
    int[] asked = {0};
    MapExplainer fickle =
        (pictures, target, run) ->
            List.of(new MapExplainer.Shown("codes" + asked[0]++, truth(pictures, 12)));
    assertThrows(
        IllegalArgumentException.class, () -> new Localisation(10, Split.TUNE).take(fickle, RUN));
  }
}
