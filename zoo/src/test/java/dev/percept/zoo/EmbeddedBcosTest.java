package dev.percept.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Grid;
import dev.percept.core.Run;
import dev.percept.core.Sha256;
import dev.percept.core.Tensor;
import dev.percept.fact.bcos.BcosFile;
import dev.percept.fact.bcos.BcosNetwork;
import dev.percept.fact.bcos.InverseExamples;
import dev.percept.fact.sae.SaeCard;
import dev.percept.fact.sae.SaeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedBcosTest {
  private static final ModelCard CARD = EmbeddedBcos.card();

  @TempDir Path folder;

  @Test
  void theFilesBelongTogether() {
    assertEquals(CARD.sha256(), Sha256.of(EmbeddedBcos.bytes()));
    assertTrue(EmbeddedBcos.bytes().length < 2_000_000);
    assertEquals(BcosZooTrainer.Network.CNN.standard().steps(), CARD.steps());
    assertEquals(BcosZooTrainer.Network.CNN.standard().batch(), CARD.batch());
    BcosFile.Description description = BcosFile.read(EmbeddedBcos.copyTo(folder)).description();
    assertEquals(BcosZooTrainer.Network.CNN.spec(), description.network());
    assertEquals(Creatures.labels(), description.labels());
    assertEquals(CARD.command(), description.origin().command());
    assertEquals(CARD.sha256(), description.sha256());
    assertTrue(Files.exists(folder.resolve(EmbeddedModel.LABELS)));
  }

  @Test
  void itReachesTheAccuracyOfItsCard() {
    assertTrue(CARD.accuracy() > 0.95, CARD.text());
    int count = 300;
    List<Scene> scenes =
        IntStream.range(0, count).mapToObj(i -> Creatures.scene(Split.TEST, i)).toList();
    InverseExamples examples = new InverseExamples(new SceneExamples(scenes));
    int right = 0;
    try (BcosNetwork network = BcosFile.read(EmbeddedBcos.copyTo(folder)).network(1)) {
      var model = network.cut(EmbeddedBcos.LAYER);
      assertEquals(new Grid(12, 12), model.grid());
      for (int from = 0; from < count; from += 50) {
        Tensor logits = model.logits(examples.batch(from, from + 50));
        for (int i = 0; i < 50; i++) {
          right += best(logits, i) == scenes.get(from + i).species().index() ? 1 : 0;
        }
      }
    }
    // 300 of the 1,200 scenes of the card: four standard deviations of a share of 0.96.
    assertEquals(CARD.accuracy(), (double) right / count, 4 * Math.sqrt(0.04 / count));
  }

  @ParameterizedTest
  @ValueSource(strings = {"layer1", "layer2", "layer3"})
  void itsAutoencodersCostLessThanThreePercent(String layer) {
    Path model = EmbeddedBcos.copyTo(folder);
    SaeFile.Stored stored = SaeFile.read(folder.resolve(EmbeddedBcos.sae(layer)));
    SaeCard card = stored.card();
    List<Scene> scenes =
        IntStream.range(0, 240).mapToObj(i -> Creatures.scene(Split.TEST, i)).toList();
    try (BcosNetwork network = BcosFile.read(model).network(1)) {
      DynamicLinearModel cut = network.cut(layer);
      card.requireFits(cut.info(), cut.features());
      FactScore score = FactScore.of(cut, stored.bank(), scenes, Run.of(0).withThreads(1));
      // The bound of the paper.
      assertTrue(score.difference().difference() > -0.03, score.toString());
      int k = Objects.requireNonNull(card.k());
      // A TopK autoencoder lets k latents speak, fewer only where fewer are positive.
      assertTrue(score.l0() <= k && score.l0() > 0.9 * k, score.toString());
      // 240 of the 1,200 scenes of the card; a quarter more or less error than there.
      double stated = metric(card, "test-r2");
      assertEquals(stated, score.r2(), 0.25 * (1 - stated));
      assertEquals(metric(card, "test-accuracy-network"), CARD.accuracy(), 1e-9);
      assertTrue(metric(card, "test-accuracy") > CARD.accuracy() - 0.03);
    }
    String table = EmbeddedBcos.saeTable();
    assertTrue(
        table.lines().anyMatch(l -> l.startsWith(layer + ",128," + card.k() + ",yes,")), table);
  }

  private static double metric(SaeCard card, String name) {
    return Objects.requireNonNull(card.metrics().get(name), name);
  }

  private static int best(Tensor logits, int row) {
    int best = 0;
    for (int c = 1; c < Species.values().length; c++) {
      best = logits.get(row, c) > logits.get(row, best) ? c : best;
    }
    return best;
  }
}
