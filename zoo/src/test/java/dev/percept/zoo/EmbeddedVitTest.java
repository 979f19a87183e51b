package dev.percept.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Grid;
import dev.percept.core.Sha256;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxSplitModel;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedVitTest {
  private static final ModelCard CARD = EmbeddedVit.card();

  @TempDir Path folder;

  @Test
  void theCardIsAboutThisFile() {
    assertEquals(CARD.sha256(), Sha256.of(EmbeddedVit.bytes()));
    assertTrue(EmbeddedVit.bytes().length < 2_000_000);
    assertEquals(VisionTrainer.STANDARD.steps(), CARD.steps());
    assertEquals(VisionTrainer.STANDARD.batch(), CARD.batch());
  }

  @Test
  void itReachesTheAccuracyOfItsCardInAnotherEngine() {
    assertTrue(CARD.accuracy() > 0.95, CARD.text());
    int count = 300;
    List<Scene> scenes =
        IntStream.range(0, count).mapToObj(i -> Creatures.scene(Split.TEST, i)).toList();
    SceneExamples examples = new SceneExamples(scenes);
    int right = 0;
    try (OnnxSplitModel model =
        OnnxEngine.open(EmbeddedVit.copyTo(folder), EmbeddedVit.LAYER, EngineOptions.DEFAULT)) {
      assertEquals(new Grid(12, 12), model.grid().ofPlaces());
      for (int from = 0; from < count; from += 50) {
        Tensor inputs = examples.batch(from, from + 50);
        Tensor logits = model.logits(inputs);
        for (int i = 0; i < 50; i++) {
          right += best(logits, i) == scenes.get(from + i).species().index() ? 1 : 0;
        }
        assertTrue(model.check(inputs).passed(), "cut");
      }
    }
    // 300 of the 1,200 scenes of the card: four standard deviations of a share of 0.96.
    assertEquals(CARD.accuracy(), (double) right / count, 4 * Math.sqrt(0.04 / count));
  }

  private static int best(Tensor logits, int row) {
    int best = 0;
    for (int c = 1; c < Species.values().length; c++) {
      best = logits.get(row, c) > logits.get(row, best) ? c : best;
    }
    return best;
  }
}
