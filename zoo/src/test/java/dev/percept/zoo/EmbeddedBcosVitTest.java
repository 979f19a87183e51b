package dev.percept.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Grid;
import dev.percept.core.Sha256;
import dev.percept.core.Tensor;
import dev.percept.fact.bcos.BcosFile;
import dev.percept.fact.bcos.BcosNetwork;
import dev.percept.fact.bcos.InverseExamples;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBcosVitTest {
  private static final ModelCard CARD = EmbeddedBcosVit.card();

  @TempDir Path folder;

  @Test
  void theFilesBelongTogether() {
    assertEquals(CARD.sha256(), Sha256.of(EmbeddedBcosVit.bytes()));
    assertTrue(EmbeddedBcosVit.bytes().length < 2_000_000);
    assertEquals(BcosZooTrainer.Network.VIT.standard().steps(), CARD.steps());
    BcosFile.Description description = BcosFile.read(EmbeddedBcosVit.copyTo(folder)).description();
    assertEquals(BcosZooTrainer.Network.VIT.spec(), description.network());
    assertEquals(CARD.command(), description.origin().command());
  }

  @Test
  void itReachesTheAccuracyOfItsCard() {
    assertTrue(CARD.accuracy() > 0.9, CARD.text());
    int count = 300;
    List<Scene> scenes =
        IntStream.range(0, count).mapToObj(i -> Creatures.scene(Split.TEST, i)).toList();
    InverseExamples examples = new InverseExamples(new SceneExamples(scenes));
    int right = 0;
    try (BcosNetwork network = BcosFile.read(EmbeddedBcosVit.copyTo(folder)).network(1)) {
      DynamicLinearModel model = network.cut(EmbeddedBcosVit.LAYER);
      assertEquals(new Grid(12, 12), model.grid());
      assertFalse(model.completeAtInput(), "its position embedding does not depend on the input");
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

  private static int best(Tensor logits, int row) {
    int best = 0;
    for (int c = 1; c < Species.values().length; c++) {
      best = logits.get(row, c) > logits.get(row, best) ? c : best;
    }
    return best;
  }
}
