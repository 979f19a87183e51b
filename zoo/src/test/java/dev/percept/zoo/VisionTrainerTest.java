package dev.percept.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.percept.core.Run;
import dev.percept.core.Sha256;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.engine.torch.TransformerForward;
import dev.percept.engine.torch.TransformerSpec;
import dev.percept.engine.torch.TransformerTrainer;
import dev.percept.engine.torch.TransformerWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few steps only: that it runs, that it is the same twice, that its files are right. */
class VisionTrainerTest {
  @TempDir Path folder;

  @Test
  void theSameSeedWritesTheSameFiles() throws IOException {
    ZooTrainer.Options few = new ZooTrainer.Options(2, 6, 12);
    TransformerSpec.Reading first = TransformerSpec.Reading.FIRST;
    ModelCard a = VisionTrainer.train(folder.resolve("a"), first, few, Run.of(5).withThreads(1));
    ModelCard b = VisionTrainer.train(folder.resolve("b"), first, few, Run.of(5).withThreads(1));
    assertEquals(a, b);
    for (String name : List.of("creatures-vit.onnx", "labels.txt", "creatures-vit.properties")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("a").resolve(name)),
          Files.readAllBytes(folder.resolve("b").resolve(name)),
          name);
    }
    assertEquals(Sha256.of(folder.resolve("a/creatures-vit.onnx")), a.sha256());
    assertEquals(a.text(), Files.readString(folder.resolve("a/creatures-vit.properties")));
  }

  @Test
  void onnxRuntimeComputesWhatWasTrained() {
    Run run = Run.of(1).withThreads(1);
    Tensor inputs = new SceneExamples(DemoPictures.scenes(1)).batch(0, 6);
    for (TransformerSpec.Reading reading : TransformerSpec.Reading.values()) {
      if (reading == TransformerSpec.Reading.FIRST_RECTIFIED) {
        continue; // Of texts: ReviewsTrainerTest.
      }
      TransformerWeights weights =
          EncoderGraph.rounded(
              TransformerTrainer.pictures(
                      VisionTrainer.spec(reading),
                      new TransformerTrainer.Options(2, 6, 2e-3, 0, 0, 1, 1),
                      new TrainingScenes(6, run)::fill,
                      run)
                  .weights());
      Path file = folder.resolve(reading + ".onnx");
      VisionGraph.write(weights, Creatures.labels(), "test", file);
      Tensor torch = TransformerForward.pictures(weights, inputs, 1);
      // The mean is cut behind the last norm; the class token is read behind it.
      try (OnnxSplitModel model =
          OnnxEngine.open(
              file,
              reading == TransformerSpec.Reading.MEAN ? "norm" : "class",
              EngineOptions.DEFAULT)) {
        // Two engines, float32, four blocks: relative 1e-5 of logits near 1.
        assertArrayEquals(torch.toArray(), model.logits(inputs).toArray(), 1e-4f);
      }
    }
  }
}
