package dev.percept.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Grid;
import dev.percept.core.Sha256;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedModelTest {
  @TempDir Path folder;

  @Test
  void theCardIsAboutThisFile() {
    assertEquals(EmbeddedModel.card().sha256(), Sha256.of(EmbeddedModel.bytes()));
    assertTrue(EmbeddedModel.bytes().length < 1_500_000);
    assertEquals(EmbeddedModel.card(), ModelCard.parse(EmbeddedModel.card().text()));
  }

  @Test
  void itReachesTheAccuracyOfItsCardInAnotherEngine() {
    ModelCard card = EmbeddedModel.card();
    assertTrue(card.accuracy() > 0.97, card.text());
    List<Scene> scenes =
        IntStream.range(0, card.testScenes())
            .mapToObj(i -> Creatures.scene(Split.TEST, i))
            .toList();
    Path file = EmbeddedModel.copyTo(folder);
    int[] right = new int[Species.values().length];
    try (SplitModel model = OnnxEngine.open(file, EmbeddedModel.LAYER, EngineOptions.DEFAULT)) {
      SceneExamples examples = new SceneExamples(scenes);
      for (int from = 0; from < scenes.size(); from += 100) {
        int to = Math.min(scenes.size(), from + 100);
        Tensor logits = model.logits(examples.batch(from, to));
        for (int i = from; i < to; i++) {
          int species = scenes.get(i).species().index();
          right[species] += best(logits.row(i - from)) == species ? 1 : 0;
        }
      }
    }
    for (Species species : Species.values()) {
      long all = scenes.stream().filter(s -> s.species() == species).count();
      // Engines round differently: at most one scene in two hundred may tip over.
      assertEquals(
          card.accuracies().get(species.index()),
          (double) right[species.index()] / all,
          0.005 + 1e-4,
          species.label());
    }
  }

  @Test
  void itIsCutBeforeTheAverage() throws IOException {
    Path file = EmbeddedModel.copyTo(folder.resolve("new"));
    assertEquals(Creatures.labels(), Files.readAllLines(file.resolveSibling("labels.txt")));
    try (SplitModel model = OnnxEngine.open(file)) {
      assertEquals(EmbeddedModel.LAYER, model.info().layer(), "what 'auto' takes");
      assertTrue(model.info().nonNegative());
      assertEquals(new Grid(12, 12), model.grid());
      assertEquals(Species.values().length, model.outputs());
      assertEquals(SceneExamples.SHAPE, model.inputShape());
      Tensor inputs = new SceneExamples(DemoPictures.scenes(1)).batch(0, 6);
      assertTrue(model.check(inputs).passed(), model.check(inputs).toString());
    }
  }

  private static int best(Tensor logits) {
    int best = 0;
    for (int c = 1; c < logits.shape().size(); c++) {
      best = logits.get(c) > logits.get(best) ? c : best;
    }
    return best;
  }
}
