package dev.percept.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Dictionary;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.bcos.BcosFile;
import dev.percept.fact.bcos.BcosNetwork;
import dev.percept.fact.sae.Gate;
import dev.percept.fact.sae.SparseAutoencoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few rows only: that it runs, that it is the same twice, that figures are what they say. */
class SaeZooTrainerTest {
  private static final SaeZooTrainer.Options FEW =
      new SaeZooTrainer.Options(12, 8, 2, 24, List.of(4, 20), 6, 12, 1);

  @TempDir Path folder;

  @Test
  void theSameSeedWritesTheSameFilesAndTheSparsestIsChosen() throws IOException {
    Run run = Run.of(3).withThreads(1);
    String first = train("a", "work", FEW, run);
    String second = train("b", "elsewhere", FEW, run);
    assertEquals(first, second);
    assertEquals(1 + 3 * 2, first.lines().count());
    for (String layer : EmbeddedBcos.SAE_LAYERS) {
      assertTrue(first.lines().anyMatch(l -> l.startsWith(layer + ",24,4,yes,")), first);
      assertTrue(first.lines().anyMatch(l -> l.startsWith(layer + ",24,20,no,")), first);
      for (String name : List.of("sae.json", "sae.safetensors")) {
        Path file = Path.of(EmbeddedBcos.sae(layer), name);
        assertArrayEquals(
            Files.readAllBytes(folder.resolve("a").resolve(file)),
            Files.readAllBytes(folder.resolve("b").resolve(file)),
            file.toString());
      }
    }
    assertEquals(first, Files.readString(folder.resolve("a").resolve(EmbeddedBcos.SAE_TABLE)));
  }

  private String train(String to, String work, SaeZooTrainer.Options options, Run run) {
    EmbeddedBcos.copyTo(folder.resolve(to));
    return SaeZooTrainer.train(folder.resolve(to), options, folder.resolve(work), run);
  }

  @Test
  void whereNoneIsGoodEnoughNoneIsChosen() {
    SaeZooTrainer.Options strict = new SaeZooTrainer.Options(6, 4, 1, 8, List.of(1), 60, 6, 0);
    PerceptException e =
        assertThrows(
            PerceptException.class, () -> train("a", "work", strict, Run.of(3).withThreads(1)));
    assertTrue(String.valueOf(e.getMessage()).contains("train longer"), e.getMessage());
  }

  @Test
  void anAutoencoderThatLosesNothingCostsNothing() {
    List<Scene> scenes =
        IntStream.range(0, 12).mapToObj(i -> Creatures.scene(Split.TUNE, i)).toList();
    Run run = Run.of(0).withThreads(1);
    try (BcosNetwork network = BcosFile.read(EmbeddedBcos.copyTo(folder)).network(1)) {
      DynamicLinearModel cut = network.cut("layer3");
      FactScore exact = FactScore.of(cut, signed(cut.features(), 2 * cut.features()), scenes, run);
      assertEquals(exact.network(), exact.fact());
      assertEquals(1, exact.same());
      // Every feature has one latent for either sign; a sum of one product has no rounding.
      assertEquals(1, exact.r2(), 1e-12);
      assertEquals(cut.features(), exact.l0(), 0.5);
      // With one latent the most that a place has is kept, and it is not enough.
      FactScore poor = FactScore.of(cut, signed(cut.features(), 1), scenes, run);
      assertEquals(1, poor.l0(), 0.01);
      assertTrue(poor.r2() < 0.9, poor.toString());
      assertEquals(poor.fact() - poor.network(), poor.difference().difference(), 1e-12);
    }
  }

  /** Latents that are the features and their negatives, of which the k largest speak. */
  private static SparseAutoencoder signed(int features, int k) {
    float[] rows = new float[2 * features * features];
    for (int j = 0; j < features; j++) {
      rows[2 * j * features + j] = 1;
      rows[(2 * j + 1) * features + j] = -1;
    }
    Tensor atoms = Tensor.wrap(Shape.of(2 * features, features), rows);
    return SparseAutoencoder.of(new Gate.TopK(k), atoms, null, new Dictionary(atoms, null));
  }

  @Test
  void badOptionsAreNamed() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SaeZooTrainer.Options(1, 1, 1, 8, List.of(), 1, 1, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SaeZooTrainer.Options(1, 1, 1, 8, List.of(1), 0, 1, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SaeZooTrainer.Options(1, 1, 1, 8, List.of(1), 1, 1, Double.NaN));
  }
}
