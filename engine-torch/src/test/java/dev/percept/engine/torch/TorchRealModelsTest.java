package dev.percept.engine.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.EmbeddingPullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.engine.onnx.OnnxTextModel;
import dev.percept.testkit.DifferentiableSplitModelContract;
import dev.percept.testkit.RealData;
import dev.percept.testkit.text.Texts;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("realdata")
class TorchRealModelsTest {
  private static Path file(String name) {
    return RealData.path("models/" + name + ".onnx");
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v2_1.0_224-imagenet, auto, -1, 1",
    "resnet56-cifar10, auto, -2, 2",
    "resnet56-cifar10, /layer2/layer2.8/Relu_1, -2, 2",
    "mobilevit_xxs-flowers, auto, 0, 255",
  })
  void forwardAsOnnxRuntimeAndGradientsExist(String name, String layer, double low, double high) {
    try (OnnxSplitModel expected = OnnxEngine.open(file(name), layer, EngineOptions.DEFAULT);
        TorchSplitModel found = TorchEngine.open(file(name), layer, TorchOptions.DEFAULT)) {
      Tensor x = Near.random(expected.inputShape().batch(3), low, high);
      // What is asked for: float32 through some fifty layers in another order of sums.
      Near.assertNear(expected.logits(x), found.logits(x), 1e-5, "logits");
      Tensor a = expected.activations(x).values();
      Near.assertNear(a, found.activations(x).values(), 1e-5, "activations");
      Near.assertNear(expected.pooled(x), found.pooled(x), 1e-5, "pooled");
      Near.assertNear(expected.head(a), found.head(a), 1e-5, "head");
      Tensor whole = found.pullLogits(x, v -> v, RectifierRule.EXACT).gradients();
      Tensor behind =
          found
              .pullActivations(x, v -> found.pullHead(v, u -> u).gradients(), RectifierRule.EXACT)
              .gradients();
      Near.assertNear(whole, behind, 1e-4, "the head and then the rest");
      assertTrue(Near.distance(Tensor.zeros(whole.shape()), whole) > 0);
    }
  }

  @Test
  void idsOfWordsHaveNoGradientButTheirEmbeddingsHave() {
    Path file = file("sentiment-avgword");
    try (OnnxTextModel expected = OnnxEngine.openText(file, "auto", EngineOptions.DEFAULT);
        TorchTextModel found = TorchEngine.openText(file, "auto", TorchOptions.DEFAULT)) {
      Tensor x = Texts.batch(4, 256, 10_000);
      Near.assertNear(expected.logits(x), found.logits(x), 1e-5, "logits");
      Tensor a = found.activations(x).values();
      Near.assertNear(expected.activations(x).values(), a, 1e-5, "activations");
      Near.assertNear(expected.tokens(x), found.tokens(x), 1e-5, "tokens");
      Tensor gradients = found.pullHead(a, v -> v).gradients();
      assertTrue(Near.distance(Tensor.zeros(a.shape()), gradients) > 0);
      EmbeddingPullback words = found.pullEmbeddings(x, v -> v);
      Near.assertNear(a, words.values(), 1e-5, "values");
      assertTrue(Near.distance(Tensor.zeros(words.gradients().shape()), words.gradients()) > 0);
    }
  }

  @Tag("slow") // thousands of passes of a real network
  @Nested
  class ResNet56 extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      return TorchEngine.open(file("resnet56-cifar10"), "auto", TorchOptions.DEFAULT);
    }
  }

  @Test
  void fourThreadsGiveWhatOneGives() {
    try (TorchSplitModel model = TorchEngine.open(file("mobilenet_v2_1.0_224-imagenet"))) {
      Tensor x = Near.random(model.inputShape().batch(4), -1, 1);
      float[][] expected = new float[4][];
      float[][] found = new float[4][];
      for (int i = 0; i < 4; i++) {
        expected[i] = gradient(model, x.slice(i, i + 1));
      }
      dev.percept.core.Run.of(0)
          .withThreads(4)
          .parallel(4, i -> found[i] = gradient(model, x.slice(i, i + 1)));
      for (int i = 0; i < 4; i++) {
        assertArrayEquals(expected[i], found[i]);
      }
    }
  }

  private static float[] gradient(TorchSplitModel model, Tensor one) {
    return model.pullLogits(one, v -> v, RectifierRule.EXACT).gradients().toArray();
  }
}
