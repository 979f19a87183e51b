package dev.percept.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Sha256;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.torch.ResidualForward;
import dev.percept.engine.torch.ResidualTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few steps only: that it runs, that it is the same twice, that its files are right. */
class ZooTrainerTest {
  private static final ZooTrainer.Options FEW = new ZooTrainer.Options(4, 6, 12);

  @TempDir Path folder;

  @Test
  void theSameSeedWritesTheSameFiles() throws IOException {
    ModelCard a = ZooTrainer.train(folder.resolve("a"), FEW, Run.of(5).withThreads(1));
    ModelCard b = ZooTrainer.train(folder.resolve("b"), FEW, Run.of(5).withThreads(1));
    assertEquals(a, b);
    for (String name : List.of("creatures.onnx", "labels.txt", "creatures.properties")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("a").resolve(name)),
          Files.readAllBytes(folder.resolve("b").resolve(name)),
          name);
    }
    try (Stream<Path> files = Files.list(folder.resolve("a"))) {
      assertEquals(3, files.count(), "nothing half-written is left");
    }
    assertEquals(Sha256.of(folder.resolve("a/creatures.onnx")), a.sha256());
    assertEquals("percept zoo train --seed 5", a.command());
    assertEquals(a.text(), Files.readString(folder.resolve("a/creatures.properties")));
  }

  @Test
  void onnxRuntimeComputesWhatWasTrained() {
    Run run = Run.of(1).withThreads(1);
    ResidualTrainer.Result result =
        ResidualTrainer.train(
            ZooTrainer.spec(),
            SceneExamples.SHAPE,
            new ResidualTrainer.Options(3, 6, 0.004, 0, 0, 1, 0),
            new TrainingScenes(6, run),
            run);
    Path file = folder.resolve("m.onnx");
    ResidualGraph.write(result.weights(), Creatures.labels(), "test", file);
    Tensor inputs = new SceneExamples(DemoPictures.scenes(1)).batch(0, 6);
    Tensor torch = ResidualForward.logits(result.weights(), inputs, 1);
    try (SplitModel model = OnnxEngine.open(file)) {
      // Two engines, float32, eight convolutions: relative 1e-4 of logits near 1.
      assertArrayEquals(torch.toArray(), model.logits(inputs).toArray(), 1e-3f);
    }
  }

  @Test
  void cancelledTrainingLeavesNothing() {
    Run run = Run.of(0).withThreads(1);
    run.cancel();
    assertThrows(
        CancellationException.class, () -> ZooTrainer.train(folder.resolve("none"), FEW, run));
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @Test
  void trainingScenesKnowWhatIsInEachCell() {
    Run run = Run.of(0).withThreads(1);
    int n = 12;
    java.nio.FloatBuffer pixels = Tensor.allocateDirect(SceneExamples.SHAPE.batch(n).size());
    long[] labels = new long[n];
    float[] asked = new float[n * 144 * TrainingScenes.ASKED];
    java.util.Arrays.fill(asked, 7);
    new TrainingScenes(n, run).fill(0, pixels, labels, asked);
    boolean some = false;
    for (int i = 0; i < n; i++) {
      assertEquals(i % Species.values().length, labels[i]);
      for (int cell = 0; cell < 144; cell++) {
        float sum = 0;
        for (int p = 0; p < TrainingScenes.ASKED; p++) {
          float share = asked[(i * 144 + cell) * TrainingScenes.ASKED + p];
          assertTrue(share >= 0, "share " + share);
          sum += share;
        }
        // Shares of one cell are of different pixels; float32 adds up 64 of them.
        assertTrue(sum <= 1 + 1e-5, "cell filled " + sum);
        some |= sum > 0.9;
      }
    }
    assertTrue(some, "no cell is full of a creature");
  }

  @Test
  void zoomingOnTheWholePictureChangesNothing() {
    float[] planes = SceneExamples.planes(Creatures.scene(Split.TUNE, 3).draw());
    assertArrayEquals(planes, TrainingScenes.zoom(planes, 0, 0, Creatures.SIDE), 1e-6f);
  }

  @Test
  void unfitOptionsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ZooTrainer.Options(0, 8, 60));
    assertThrows(IllegalArgumentException.class, () -> new ZooTrainer.Options(1, 1, 60));
    assertThrows(IllegalArgumentException.class, () -> new ZooTrainer.Options(1, 8, 5));
    assertThrows(IllegalArgumentException.class, () -> ModelCard.parse("seed=1\n"));
  }
}
