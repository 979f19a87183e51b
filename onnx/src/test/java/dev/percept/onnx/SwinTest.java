package dev.percept.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Grid;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows that are cut out, folded into the batch and put together again. */
class SwinTest {
  private static final Map<String, Grid> STAGES =
      Map.of(
          "embed.norm", new Grid(8, 16),
          "s0", new Grid(8, 16),
          "merged", new Grid(4, 8),
          "s1.b0", new Grid(4, 8),
          "s1", new Grid(4, 8),
          "norm", new Grid(4, 8));

  @TempDir Path folder;

  private static void assertStages(Path file, int axis) {
    Cuts cuts = Cuts.of(OnnxModel.read(file), CutOptions.DEFAULT);
    STAGES.forEach(
        (tensor, grid) -> {
          Cut cut = cuts.find(tensor);
          assertEquals(grid, cut.grid(), tensor);
          assertEquals(axis, cut.channelAxis(), tensor);
          assertEquals(Cut.Layout.PLAIN, cut.layout(), tensor);
          assertTrue(cut.reaches(), tensor);
        });
    assertEquals("norm", Objects.requireNonNull(cuts.auto()).tensor());
    // Wherever else it may be cut, the places are those of one of the two stages: never windows.
    Set<Grid> grids =
        cuts.all().stream()
            .filter(cut -> cut.clean() && cut.usable() && cut.spatial())
            .map(cut -> Objects.requireNonNull(cut.grid()))
            .collect(Collectors.toSet());
    assertEquals(Set.copyOf(List.of(new Grid(8, 16), new Grid(4, 8))), grids);
  }

  @Test
  void stagesOfMapsAreCut() {
    assertStages(SwinModels.maps(folder.resolve("maps.onnx")), 3);
  }

  @Test
  void stagesOfSequencesAreCut() {
    assertStages(SwinModels.sequences(folder.resolve("sequences.onnx")), 2);
  }
}
