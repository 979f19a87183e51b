package dev.percept.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Grid;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitCheck;
import dev.percept.core.Tensor;
import dev.percept.testkit.RealData;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("realdata")
class RealModelsTest {
  private static OnnxSplitModel open(String file, String layer) {
    return OnnxEngine.open(RealData.path("models/" + file), layer, EngineOptions.DEFAULT);
  }

  private static SplitCheck check(OnnxSplitModel model, double low, double high) {
    RandomGenerator random = Run.of(1).random("noise");
    Shape shape = model.inputShape().batch(3);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    SplitCheck check = model.check(Tensor.wrap(shape, values));
    assertTrue(check.passed(), check.toString());
    assertTrue(check.maxAbsLogit() > 0.1, check.toString());
    return check;
  }

  @Test
  void mobileNetIsCutAtItsLastRelu6() {
    try (OnnxSplitModel model = open("mobilenet_v2_1.0_224-imagenet.onnx", "auto")) {
      assertEquals("features", model.info().layer());
      assertEquals("Clip", model.info().operator());
      assertTrue(model.info().nonNegative());
      assertEquals(new Grid(7, 7), model.grid());
      assertEquals(1280, model.features());
      assertEquals(1000, model.outputs());
      check(model, -1, 1);
    }
  }

  @Test
  void resNet56IsCutAtItsEndAndInTheMiddle() {
    try (OnnxSplitModel model = open("resnet56-cifar10.onnx", "auto")) {
      assertEquals("features", model.info().layer(), "not the empty Pad behind it");
      assertEquals("Relu", model.info().operator());
      assertTrue(model.info().nonNegative());
      assertEquals(new Grid(8, 8), model.grid());
      assertEquals(64, model.features());
      check(model, -2, 2);
    }
    try (OnnxSplitModel model = open("resnet56-cifar10.onnx", "/layer2/layer2.8/Relu_1")) {
      assertEquals("/layer2/layer2.8/Relu_1_output_0", model.info().layer(), "a node's name does");
      assertEquals(new Grid(16, 16), model.grid());
      assertEquals(32, model.features());
      check(model, -2, 2);
    }
  }

  @Test
  void mobileVitIsSigned() {
    try (OnnxSplitModel model = open("mobilevit_xxs-flowers.onnx", "auto")) {
      assertEquals("features", model.info().layer());
      assertFalse(model.info().nonNegative());
      assertEquals(new Grid(8, 8), model.grid());
      assertEquals(320, model.features());
      assertEquals(5, model.outputs());
      check(model, 0, 255);
    }
  }

  @Test
  void everyCleanCutOfEveryModelIsTheModel() {
    for (String file :
        new String[] {
          "mobilenet_v2_1.0_224-imagenet.onnx",
          "resnet56-cifar10.onnx",
          "mobilevit_xxs-flowers.onnx"
        }) {
      var rows =
          OnnxEngine.inspect(RealData.path("models/" + file), EngineOptions.DEFAULT).cuts().stream()
              .filter(r -> r.clean() && r.features() > 0)
              .toList();
      assertTrue(rows.size() > 10, file);
      // Every seventh keeps the test short and still meets each kind of block.
      for (int i = 0; i < rows.size(); i += 7) {
        try (OnnxSplitModel model = open(file, rows.get(i).tensor())) {
          check(model, 0, 1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mobilenet_v2_1.0_224-imagenet.onnx",
        "resnet56-cifar10.onnx",
        "mobilevit_xxs-flowers.onnx",
        "sentiment-avgword.onnx"
      })
  void inferredShapesAreThoseTheEngineFinds(String file) throws Exception {
    MeasuredShapes.assertInferredRightly(RealData.path("models/" + file));
  }
}
