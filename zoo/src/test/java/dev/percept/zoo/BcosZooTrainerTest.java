package dev.percept.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Sha256;
import dev.percept.core.Tensor;
import dev.percept.fact.bcos.BcosFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few steps only: that it runs, that it is the same twice, that its files are right. */
class BcosZooTrainerTest {
  private static final ZooTrainer.Options FEW = new ZooTrainer.Options(2, 6, 12);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(BcosZooTrainer.Network.class)
  void theSameSeedWritesTheSameFiles(BcosZooTrainer.Network which) throws IOException {
    Run run = Run.of(5).withThreads(1);
    ModelCard a = BcosZooTrainer.train(which, folder.resolve("a"), FEW, null, run);
    Path state = folder.resolve("state");
    ModelCard b = BcosZooTrainer.train(which, folder.resolve("b"), FEW, state, run);
    // Finished: what is written comes from the state.
    ModelCard c = BcosZooTrainer.train(which, folder.resolve("c"), FEW, state, run);
    assertEquals(a, b);
    assertEquals(a, c);
    String stem = which.model().replace(BcosFile.WEIGHTS, "");
    for (String name : List.of(which.model(), stem + ".json", stem + ".properties", "labels.txt")) {
      byte[] first = Files.readAllBytes(folder.resolve("a").resolve(name));
      assertArrayEquals(first, Files.readAllBytes(folder.resolve("b").resolve(name)), name);
      assertArrayEquals(first, Files.readAllBytes(folder.resolve("c").resolve(name)), name);
    }
    Path model = folder.resolve("a").resolve(which.model());
    assertEquals(Sha256.of(model), a.sha256());
    assertEquals(a.text(), Files.readString(folder.resolve("a").resolve(stem + ".properties")));
    BcosFile.Description written = BcosFile.read(model).description();
    assertEquals(Creatures.labels(), written.labels());
    assertEquals(a.command(), written.origin().command());
    PerceptException other =
        assertThrows(
            PerceptException.class,
            () -> BcosZooTrainer.train(which, folder, FEW, state, run.withSeed(6)));
    assertTrue(String.valueOf(other.getMessage()).contains("seed: 5 there"), other.getMessage());
  }

  @Test
  void scenesHaveTheirInverseBesideThemAndTargetsAddUp() {
    Run run = Run.of(2).withThreads(1);
    int batch = 3;
    int n = SceneExamples.SHAPE.size();
    FloatBuffer six = Tensor.allocateDirect(2 * n * batch);
    float[] targets = new float[batch * 6];
    float[] answers = new float[batch * 144 * TrainingScenes.ASKED];
    InverseScenes scenes = new InverseScenes(batch, 0.06, run);
    scenes.fill(4, six, targets, answers);
    FloatBuffer three = Tensor.allocateDirect(n * batch);
    long[] labels = new long[batch];
    new TrainingScenes(batch, run).fill(4, three, labels, new float[answers.length]);
    for (int i = 0; i < batch; i++) {
      for (int k = 0; k < n; k++) {
        float colour = three.get(i * n + k);
        assertEquals(colour, six.get(2 * i * n + k));
        assertEquals(1 - colour, six.get((2 * i + 1) * n + k));
      }
      double sum = 0;
      for (int c = 0; c < 6; c++) {
        assertEquals(c == labels[i] ? 0.95 : 0.01, targets[i * 6 + c], 1e-6);
        sum += targets[i * 6 + c];
      }
      assertEquals(1, sum, 1e-6);
    }
  }
}
