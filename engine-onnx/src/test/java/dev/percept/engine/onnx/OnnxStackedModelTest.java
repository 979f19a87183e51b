package dev.percept.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.StackedModel;
import dev.percept.core.Tensor;
import dev.percept.onnx.Inspection;
import dev.percept.testkit.StackedModelContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxStackedModelTest extends StackedModelContract {
  @TempDir Path folder;
  private @Nullable OnnxSplitModel last;

  @Override
  protected StackedModel open() {
    Path file = TestModels.residual(folder.resolve("model.onnx"), 17, -1, false);
    OnnxSplitModel last = OnnxEngine.open(file);
    this.last = last;
    List<String> earlier =
        last.inspection().cuts().stream()
            .filter(c -> c.clean() && c.nonNegative() && c.features() > 0 && c.rows() > 1)
            .map(Inspection.Row::tensor)
            .filter(t -> !t.equals(last.info().layer()))
            .toList();
    assertTrue(earlier.size() >= 2, earlier.toString());
    return last.stack(List.of(earlier.get(earlier.size() - 1), earlier.get(0)));
  }

  @AfterEach
  void closeLast() {
    last().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"residual", "fixed", "channelsLast", "tokens", "half", "sizes"})
  void betweenAnyTwoCleanCutsLiesWhatTheModelDoes(String kind) {
    Path file = folder.resolve(kind + ".onnx");
    switch (kind) {
      case "residual" -> TestModels.residual(file, 9, -1, true);
      case "fixed" -> TestModels.residual(file, 17, 3, false);
      case "channelsLast" -> TestModels.channelsLast(file);
      case "tokens" -> TestModels.tokens(file);
      case "half" -> TestModels.half(file);
      default -> TestModels.sizesAcrossTheCut(file);
    }
    List<String> layers =
        OnnxEngine.inspect(file, EngineOptions.DEFAULT).cuts().stream()
            .filter(c -> c.clean() && c.rows() * c.columns() > 1)
            .map(Inspection.Row::tensor)
            .toList();
    int pairs = 0;
    for (int later = 1; later < layers.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        pairs += compare(file, layers.get(later), layers.get(earlier));
      }
    }
    assertTrue(pairs > 0, layers.toString());
  }

  private static int compare(Path file, String later, String earlier) {
    try (OnnxSplitModel model = OnnxEngine.open(file, later, EngineOptions.DEFAULT);
        OnnxStackedModel stack = model.stack(List.of(earlier))) {
      Shape shape = model.inputShape().batch(2);
      float[] values = new float[shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) Math.sin(i * 0.7);
      }
      Tensor x = Tensor.wrap(shape, values);
      float[] onward = stack.onward(1, stack.at(1).activations(x).values()).values().toArray();
      // Half precision in between is rounded in other places; else the same sums in other graphs.
      float tolerance = file.toString().contains("half") ? 2e-2f : 1e-4f;
      assertArrayEquals(
          model.activations(x).values().toArray(), onward, tolerance, earlier + " to " + later);
      return 1;
    }
  }

  @Test
  void earlierCutsAreChosenByFinerMaps() {
    OnnxSplitModel last = last();
    try (OnnxStackedModel stack = last.stack(1)) {
      assertTrue(stack.at(1).info().nonNegative());
      assertTrue(stack.at(1).grid().size() > last.grid().size());
    }
    String none = refusal(() -> last.stack(9));
    assertTrue(none.matches("'model.onnx' has only \\d clean cuts? with a finer map.*"), none);
  }

  @Test
  void layersThatDoNotLieBeforeAreRefused() {
    OnnxSplitModel last = last();
    String own = last.info().layer();
    assertEquals(
        "'"
            + own
            + "' does not lie before '"
            + own
            + "', so no concept of that can be taken apart there; name earlier layers from later to"
            + " earlier ('percept inspect' lists them in their order)",
        refusal(() -> last.stack(List.of(own))));
    String unknown = refusal(() -> last.stack(List.of("nowhere")));
    assertTrue(unknown.startsWith("no tensor 'nowhere'"), unknown);
    List<String> clean =
        last.inspection().cuts().stream()
            .filter(c -> c.clean() && c.rows() > 1)
            .map(Inspection.Row::tensor)
            .toList();
    List<String> wrong = List.of(clean.get(0), clean.get(1));
    String order = refusal(() -> last.stack(wrong));
    assertTrue(order.startsWith("'" + clean.get(1) + "' does not lie before"), order);
  }

  private OnnxSplitModel last() {
    return Objects.requireNonNull(last);
  }

  private static String refusal(Executable call) {
    return Objects.requireNonNull(assertThrows(PerceptException.class, call).getMessage());
  }
}
