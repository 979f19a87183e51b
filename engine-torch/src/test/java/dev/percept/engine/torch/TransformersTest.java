package dev.percept.engine.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.percept.core.RectifierRule;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.engine.onnx.OnnxTextModel;
import dev.percept.engine.torch.graph.DoublePrecision;
import dev.percept.engine.torch.graph.Precision;
import dev.percept.onnx.Cuts;
import dev.percept.testkit.text.Texts;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports of transformers: as ONNX Runtime forward, and fused as unfused. */
class TransformersTest {
  /** What is asked for: rounding through a few blocks. */
  private static final double FORWARD = 1e-5;

  @TempDir static Path folder;

  private static Path vit() {
    return Transformers.vit(folder.resolve("vit.onnx"), 16, 2, 24, 8);
  }

  private static Path dino() {
    return Transformers.dino(folder.resolve("dino.onnx"));
  }

  private static void assertSameForward(Path file, String layer, Tensor in) {
    try (OnnxSplitModel expected = OnnxEngine.open(file, layer, EngineOptions.DEFAULT);
        TorchSplitModel found = TorchEngine.open(file, layer, TorchOptions.DEFAULT)) {
      Near.assertNear(expected.logits(in), found.logits(in), FORWARD, "logits");
      Tensor a = expected.activations(in).values();
      Near.assertNear(a, found.activations(in).values(), FORWARD, "activations");
      Near.assertNear(expected.pooled(in), found.pooled(in), FORWARD, "pooled");
      Near.assertNear(expected.head(a), found.head(a), FORWARD, "head");
      // A second batch of that size takes what the first worked out from the shapes.
      Near.assertNear(expected.logits(in), found.logits(in), FORWARD, "logits again");
      Near.assertNear(
          expected.logits(in.slice(0, 1)), found.logits(in.slice(0, 1)), FORWARD, "another batch");
    }
  }

  @Test
  void forwardAsOnnxRuntime() {
    Tensor pictures = Near.random(Shape.of(3, 3, 24, 24), -1, 1);
    assertSameForward(vit(), "b0.sum2", pictures);
    assertSameForward(dino(), "b1.sum2", pictures);
  }

  @Test
  void gradientsAsFiniteDifferences() {
    for (boolean fuse : new boolean[] {false, true}) {
      DoublePrecision.check(TorchEngine.cuts(vit(), TorchOptions.DEFAULT), 2, 0, fuse);
      DoublePrecision.check(TorchEngine.cuts(dino(), TorchOptions.DEFAULT), 2, 0, fuse);
    }
  }

  @Test
  void fusedIsUnfusedAndFusingHappens() {
    Tensor pictures = Near.random(Shape.of(2, 3, 24, 24), -1, 1);
    for (Path file : List.of(vit(), dino())) {
      try (TorchSplitModel fused = TorchEngine.open(file, "b0.sum2", Precision.SINGLE, true);
          TorchSplitModel plain = TorchEngine.open(file, "b0.sum2", Precision.SINGLE, false)) {
        assertEquals(2, count(fused, "percept.Attention"), file.toString());
        assertEquals(2, count(fused, "percept.Gelu"), file.toString());
        assertEquals(8, count(fused, "percept.Linear"), file.toString());
        assertEquals(0, count(fused, "Softmax") + count(fused, "Erf"), file.toString());
        assertEquals(0, count(plain, "percept.Attention"));
        // Two ways to write the same sums, in float32.
        Near.assertNear(gradients(plain, pictures), gradients(fused, pictures), 2e-5, "gradients");
        Near.assertNear(plain.logits(pictures), fused.logits(pictures), FORWARD, "logits");
      }
    }
  }

  /** Positions counted in the graph, a mask of −10000, norms in ten operators. */
  @Test
  void textsAsOnnxRuntimeAndFused() {
    Path file = Transformers.roberta(folder.resolve("roberta.onnx"));
    Cuts cuts = TorchEngine.cuts(file, TorchOptions.DEFAULT);
    Tensor words = Texts.batch(5, 9, 30);
    try (OnnxTextModel expected = OnnxEngine.openText(file, "auto", EngineOptions.DEFAULT);
        TorchTextModel fused = TorchEngine.openText(cuts, "auto", TorchOptions.DEFAULT)) {
      assertEquals("first", fused.info().layer());
      assertEquals(2, Collections.frequency(fused.operators(), "percept.Attention"));
      assertEquals(5, Collections.frequency(fused.operators(), "percept.LayerNorm"));
      assertEquals(2, Collections.frequency(fused.operators(), "percept.Gelu"));
      Near.assertNear(expected.logits(words), fused.logits(words), FORWARD, "logits");
      Near.assertNear(expected.pooled(words), fused.pooled(words), FORWARD, "pooled");
    }
  }

  private static int count(TorchSplitModel model, String operator) {
    return Collections.frequency(model.operators(), operator);
  }

  private static Tensor gradients(TorchSplitModel model, Tensor in) {
    return model.pullLogits(in, v -> v, RectifierRule.EXACT).gradients();
  }
}
