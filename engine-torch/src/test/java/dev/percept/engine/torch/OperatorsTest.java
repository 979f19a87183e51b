package dev.percept.engine.torch;

import dev.percept.core.Tensor;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.engine.torch.graph.DoublePrecision;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.Value;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator, alone: forward as ONNX Runtime, backward as finite differences. */
class OperatorsTest {
  @TempDir static Path folder;

  static Stream<OperatorCase> cases() {
    return Stream.of(OperatorCases.places(), OperatorCases.values(), OperatorCases.layouts())
        .flatMap(s -> s);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTheSameInBothEngines(OperatorCase c) {
    Weights m = new Weights(c.opset());
    Value x = m.input(OnnxBuilder.DYNAMIC, c.dims());
    // Nodes before and behind: what is tested is neither the input nor a softmax at the end.
    Value y = c.graph().apply(m, x.identity("x"));
    y.identity("features").op("Neg", "negated", Map.of()).flatten("logits").output();
    Path file = folder.resolve(c.name().replaceAll("\\W", "_") + c.opset() + ".onnx");
    m.builder.writeTo(file);
    try (OnnxSplitModel expected = OnnxEngine.open(file, "features", EngineOptions.DEFAULT);
        TorchSplitModel found = TorchEngine.open(file, "features", TorchOptions.DEFAULT)) {
      Tensor in = Near.random(expected.inputShape().batch(3), c.middle() - 1, c.middle() + 1);
      // One operator: float32 rounding, a few times over in sums.
      Near.assertNear(expected.logits(in), found.logits(in), 2e-6, c.name());
      Near.assertNear(
          expected.activations(in).values(), found.activations(in).values(), 2e-6, c.name());
    }
    if (c.smooth()) {
      DoublePrecision.check(TorchEngine.cuts(file, TorchOptions.DEFAULT), 2, c.middle(), true);
    }
  }
}
