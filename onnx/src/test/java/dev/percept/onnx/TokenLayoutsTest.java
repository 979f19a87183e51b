package dev.percept.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Grid;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tokens are patches, and whether the head still hears of them. */
class TokenLayoutsTest {
  @TempDir static Path folder;

  private static Path file() {
    return folder.resolve("model.onnx");
  }

  private static Cuts cuts(Path file) {
    return Cuts.of(OnnxModel.read(file), CutOptions.DEFAULT);
  }

  private static Cut at(Cuts cuts, String tensor) {
    return cuts.find(tensor);
  }

  private static Cut auto(Cuts cuts) {
    return Objects.requireNonNull(cuts.auto());
  }

  private static void assertLayout(Cuts cuts, String tensor, Grid grid, Cut.Layout layout) {
    assertEquals(grid, at(cuts, tensor).grid(), tensor);
    assertEquals(layout, at(cuts, tensor).layout(), tensor);
    assertEquals(2, at(cuts, tensor).channelAxis(), tensor);
  }

  @Test
  void aClassTokenJoinedInFront() {
    Cuts cuts = cuts(TokenModels.vit(file()));
    Grid grid = new Grid(4, 4, 1, 0);
    assertLayout(cuts, "sequence", new Grid(4, 4), Cut.Layout.PLAIN);
    for (String tensor : List.of("joined", "placed", "b0.mid", "b0", "b1.mid", "b1", "norm")) {
      assertLayout(cuts, tensor, grid, Cut.Layout.GRAPH);
    }
    assertEquals(17, at(cuts, "b0").locations());
    assertEquals(16, at(cuts, "b0").places());
  }

  @Test
  void autoStopsBeforeTheLastAttentionWhereOnlyTheClassTokenIsRead() {
    Cuts cuts = cuts(TokenModels.vit(file()));
    // Patches go through the attention of b1; what follows works on each token for itself.
    assertEquals("b0", auto(cuts).tensor());
    assertTrue(at(cuts, "b0").reaches());
    for (String tensor : List.of("b1.mid", "b1", "norm")) {
      assertFalse(at(cuts, tensor).reaches(), tensor);
    }
    Cuts sliced = cuts(TokenModels.dinoToken(file()));
    assertEquals("b0", auto(sliced).tensor());
    assertEquals(new Grid(4, 4, 5, 0), auto(sliced).grid());
    assertFalse(at(sliced, "norm").reaches());
  }

  @Test
  void autoLeavesTheStemOfAHybrid() {
    assertEquals("b0", auto(cuts(TokenModels.hybrid(file()))).tensor());
    assertEquals("norm", auto(cuts(TokenModels.hybridAveraged(file()))).tensor());
    assertTrue(at(cuts(TokenModels.hybrid(file())), "stem.relu").nonNegative());
  }

  @Test
  void attentionBeforeOrBehindANonNegativeTensorDoesNotCount() {
    assertEquals("features", auto(cuts(TokenModels.bottleneck(file()))).tensor());
    // Nothing with places is behind that attention, which pools them.
    assertEquals("stem.relu", auto(cuts(TokenModels.attentionPooled(file()))).tensor());
  }

  @Test
  void aDistillationTokenBesideTheClassToken() {
    Cuts cuts = cuts(TokenModels.deit(file()));
    assertLayout(cuts, "b0", new Grid(4, 4, 2, 0), Cut.Layout.GRAPH);
    assertEquals("b0", auto(cuts).tensor());
    assertFalse(at(cuts, "norm").reaches());
  }

  @Test
  void registersBetweenClassTokenAndPatches() {
    for (int registers : new int[] {0, 4}) {
      Cuts cuts = cuts(TokenModels.dino(file(), registers));
      assertLayout(cuts, "placed", new Grid(4, 4, 1, 0), Cut.Layout.GRAPH);
      assertLayout(cuts, "norm", new Grid(4, 4, 1 + registers, 0), Cut.Layout.GRAPH);
      // The head reads the mean of the patches, too.
      assertEquals("norm", auto(cuts).tensor());
      assertTrue(auto(cuts).reaches());
    }
  }

  @Test
  void registersBehindThePatches() {
    Cuts cuts = cuts(TokenModels.trailing(file()));
    assertLayout(cuts, "b1", new Grid(4, 4, 0, 3), Cut.Layout.GRAPH);
    assertLayout(cuts, "only", new Grid(4, 4), Cut.Layout.PLAIN);
    assertEquals("only", auto(cuts).tensor());
  }

  @Test
  void withoutTokensOfItsOwnAllArePatches() {
    Cuts cuts = cuts(TokenModels.averaged(file()));
    assertLayout(cuts, "norm", new Grid(4, 4), Cut.Layout.PLAIN);
    assertEquals("norm", auto(cuts).tensor());
  }

  @Test
  void patchesKeepTheGridOfAPictureThatIsNoSquare() {
    Cuts cuts = cuts(TokenModels.wideAveraged(file()));
    assertLayout(cuts, "b1", new Grid(2, 4, 1, 0), Cut.Layout.GRAPH);
    // 1 + 2 x 4 is a square, too: the graph knows better.
    assertEquals(9, at(cuts, "b1").locations());
    assertLayout(cuts, "only", new Grid(2, 4), Cut.Layout.PLAIN);
    assertEquals("only", auto(cuts).tensor());
    assertTrue(at(cuts, "norm").reaches());
  }

  @Test
  void whatTheGraphHidesIsCounted() {
    Cuts cuts = cuts(TokenModels.padded(file()));
    assertLayout(cuts, "b0", new Grid(4, 4, 1, 0), Cut.Layout.COUNT);
    Inspection.Row row =
        Inspection.of(cuts).cuts().stream().filter(r -> r.tensor().equals("b0")).toList().get(0);
    assertEquals("count", row.layout());
    assertEquals(1, row.leading());
    assertEquals(4, row.rows());
  }

  @Test
  void foldedWindowsAreNoCutAndTheMapBehindThemIs() {
    Cuts cuts = cuts(TokenModels.mobile(file()));
    assertNull(cuts.all().stream().filter(c -> c.tensor().equals("folded")).toList().get(0).grid());
    assertEquals("features", auto(cuts).tensor());
    assertEquals(new Grid(8, 8), auto(cuts).grid());
    assertEquals(1, auto(cuts).channelAxis());
  }
}
