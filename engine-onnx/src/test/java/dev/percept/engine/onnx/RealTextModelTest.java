package dev.percept.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.SplitCheck;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import dev.percept.onnx.Pooling;
import dev.percept.testkit.RealData;
import dev.percept.testkit.text.Texts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A published classifier of sentiment that averages embeddings of words. */
@Tag("realdata")
class RealTextModelTest {
  @Test
  void sentimentByMeanEmbeddings() {
    try (OnnxTextModel model =
        OnnxEngine.openText(
            RealData.path("models/sentiment-avgword.onnx"), "auto", EngineOptions.DEFAULT)) {
      assertEquals(256, model.maxTokens());
      assertEquals("features", model.info().layer());
      assertTrue(model.info().nonNegative());
      assertEquals(16, model.features());
      assertEquals(2, model.outputs());
      Pooling pooling = model.pooling();
      assertNotNull(pooling);
      // The file averages over all 256 places: padding takes part, as it does in its training.
      assertEquals(Pooling.Kind.MEAN, pooling.kind());
      Tensor x = Texts.batch(20, 256, 10_000);
      SplitCheck check = model.check(x);
      assertTrue(check.passed() && check.maxAbsLogit() > 0.1, check.toString());
      float[] together = model.pooled(x).toArray();
      for (int i = 0; i < 20; i++) {
        float[] alone = model.pooled(x.slice(i, i + 1)).toArray();
        float[] among = java.util.Arrays.copyOfRange(together, i * 16, i * 16 + 16);
        // The length is fixed, so only the order of sums may differ, in the last bit or two.
        assertArrayEquals(alone, among, 2e-6f);
      }
      Tensor tokens = model.tokens(x.slice(0, 2));
      assertEquals(dev.percept.core.Shape.of(2, 256, 16), tokens.shape());
      assertTrue(tokens.isFinite());
      assertEquals(TextModel.ROWS, model.inputShape().dim(0));
    }
  }
}
