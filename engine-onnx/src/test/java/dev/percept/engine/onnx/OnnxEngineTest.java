package dev.percept.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.percept.core.Dictionary;
import dev.percept.core.EngineMissingException;
import dev.percept.core.Grid;
import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.ElementType;
import dev.percept.onnx.Inspection;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.StringStringEntryProto;
import dev.percept.onnx.proto.TensorProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxEngineTest {
  private static final int OPEN = -1;

  @TempDir Path folder;

  private static Tensor inputs(OnnxSplitModel model, int n) {
    Shape shape = model.inputShape().batch(n);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i * 0.7);
    }
    return Tensor.wrap(shape, values);
  }

  private Path residual(boolean softmax) {
    return TestModels.residual(folder.resolve("model.onnx"), 17, OPEN, softmax);
  }

  @Test
  void logitsAreThoseBeforeTheSoftmax() {
    Path plain = TestModels.residual(folder.resolve("plain.onnx"), 17, OPEN, false);
    try (OnnxSplitModel a = OnnxEngine.open(plain);
        OnnxSplitModel b = OnnxEngine.open(residual(true))) {
      Tensor x = inputs(a, 3);
      assertEquals("Softmax", b.inspection().stripped());
      assertArrayEquals(a.logits(x).toArray(), b.logits(x).toArray(), 1e-6f);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21})
  void everyOpsetIsCutAtEveryCleanTensor(int opset) throws Exception {
    Path file = TestModels.residual(folder.resolve("opset.onnx"), opset, OPEN, true);
    MeasuredShapes.assertInferredRightly(file);
    int cuts = 0;
    for (Inspection.Row row : OnnxEngine.inspect(file, EngineOptions.DEFAULT).cuts()) {
      if (row.clean()) {
        cuts++;
        try (OnnxSplitModel model = OnnxEngine.open(file, row.tensor(), EngineOptions.DEFAULT)) {
          assertTrue(model.check(inputs(model, 2)).passed(), row.tensor());
        }
      }
    }
    assertTrue(cuts >= 10, "clean cuts: " + cuts);
  }

  @Test
  void inferredShapesAreThoseTheEngineFinds() throws Exception {
    MeasuredShapes.assertInferredRightly(TestModels.tokens(folder.resolve("tokens.onnx")));
    MeasuredShapes.assertInferredRightly(TestModels.channelsLast(folder.resolve("last.onnx")));
    MeasuredShapes.assertInferredRightly(
        TestModels.sizesAcrossTheCut(folder.resolve("sizes.onnx")));
    MeasuredShapes.assertInferredRightly(
        TestModels.residual(folder.resolve("fixed.onnx"), 17, 3, false));
  }

  @Test
  void provenanceNamesFileHashLayerAndEngine() {
    try (OnnxSplitModel model = OnnxEngine.open(residual(false))) {
      assertEquals("model.onnx", model.info().file());
      assertEquals(64, model.info().sha256().length());
      assertEquals("features", model.info().layer());
      assertEquals("Relu", model.info().operator());
      assertTrue(model.info().nonNegative());
      assertTrue(model.info().engine().startsWith("ONNX Runtime 1."), model.info().engine());
    }
  }

  @Test
  void shapesThatDoNotFollowFromTheFileAreMeasured() {
    Path file = TestModels.unknownShapes(folder.resolve("einsum.onnx"));
    Inspection inspection = OnnxEngine.inspect(file, EngineOptions.DEFAULT);
    assertEquals("features", inspection.auto());
    assertTrue(inspection.cuts().stream().noneMatch(r -> r.shape().equals("unknown")));
    try (OnnxSplitModel model = OnnxEngine.open(file)) {
      assertEquals(new Grid(12, 12), model.grid());
      assertEquals(6, model.features());
      assertTrue(model.check(inputs(model, 3)).passed());
    }
  }

  @Test
  void aModelForAnySizeIsUsedAtTheSizeGiven() {
    Path file = TestModels.anySize(folder.resolve("any.onnx"));
    assertTrue(
        String.valueOf(
                assertThrows(PerceptException.class, () -> OnnxEngine.open(file)).getMessage())
            .contains("--input-size"));
    EngineOptions options = EngineOptions.DEFAULT.withInputSize(40);
    try (OnnxSplitModel model = OnnxEngine.open(file, "auto", options)) {
      assertEquals(Shape.of(3, 40, 40), model.inputShape());
      assertEquals(new Grid(20, 20), model.grid());
      assertTrue(model.check(inputs(model, 2)).passed());
    }
  }

  @Test
  void picturesGoInChannelsFirstWhateverTheModelWants() {
    Path file = TestModels.channelsLast(folder.resolve("last.onnx"));
    try (OnnxSplitModel model = OnnxEngine.open(file, "relu", EngineOptions.DEFAULT)) {
      assertEquals(Shape.of(3, 24, 20), model.inputShape());
      assertEquals(new Grid(12, 10), model.grid());
      assertEquals("relu", OnnxEngine.inspect(file, EngineOptions.DEFAULT).auto());
    }
  }

  @Test
  void halfPrecisionIsConvertedAtBothEnds() {
    try (OnnxSplitModel model = OnnxEngine.open(TestModels.half(folder.resolve("half.onnx")))) {
      assertEquals("features", model.info().layer());
      float[] values = new float[32];
      for (int i = 0; i < values.length; i++) {
        values[i] = i / 8f;
      }
      Tensor x = Tensor.wrap(Shape.of(1, 2, 4, 4), values);
      // Weights 1 -1 / 2 1: means of the two channels are 0.9375 and 2.9375.
      assertArrayEquals(new float[] {0, 2 * 0.9375f + 2.9375f}, model.logits(x).toArray(), 5e-3f);
      assertTrue(model.check(x).passed());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void halfPrecisionBehindCastsIsCutAndRun(boolean computes) {
    Path file = TestModels.castHalf(folder.resolve("cast.onnx"), computes);
    try (OnnxSplitModel model = OnnxEngine.open(file)) {
      assertEquals("features", model.info().layer());
      assertTrue(model.info().nonNegative());
      float[] values = new float[2 * 32];
      for (int i = 0; i < values.length; i++) {
        values[i] = i % 32 / 8f;
      }
      Tensor x = Tensor.wrap(Shape.of(2, 2, 4, 4), values);
      // Weights 1 -1 / 2 1: means of the two channels are 0.9375 and 2.9375; half precision carries
      // 11 bits.
      float second = 2 * 0.9375f + 2.9375f;
      assertArrayEquals(
          new float[] {0, second, 0, second}, model.logits(x).toArray(), computes ? 5e-3f : 1e-6f);
      assertTrue(model.check(x).passed());
      // Second place, second channel: 2 * 0.125 + 2.125.
      assertEquals(2.375f, model.activations(x).values().get(3), 5e-3f);
    }
  }

  @Test
  void weightsBesideTheModelAreFoundThere() throws Exception {
    Path plain = residual(false);
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(plain)).toBuilder();
    ByteString all = ByteString.EMPTY;
    for (TensorProto.Builder t : model.getGraphBuilder().getInitializerBuilderList()) {
      if (t.getDataType() == ElementType.FLOAT.code()) {
        t.setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", "weights.data"))
            .addExternalData(entry("offset", Integer.toString(all.size())))
            .addExternalData(entry("length", Integer.toString(t.getRawData().size())));
        all = all.concat(t.getRawData());
        t.clearRawData();
      }
    }
    Path apart = folder.resolve("apart.onnx");
    OnnxBuilder.write(model.build(), apart);
    Files.write(folder.resolve("weights.data"), all.toByteArray());
    try (OnnxSplitModel a = OnnxEngine.open(plain);
        OnnxSplitModel b = OnnxEngine.open(apart)) {
      Tensor x = inputs(a, 2);
      assertArrayEquals(a.logits(x).toArray(), b.logits(x).toArray());
      assertTrue(b.check(x).passed());
    }
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  @Test
  void theWholeModelCanBeReleasedAndComesBack() {
    try (OnnxSplitModel model = OnnxEngine.open(residual(false))) {
      Tensor x = inputs(model, 2);
      float[] before = model.logits(x).toArray();
      model.releaseWhole();
      assertArrayEquals(before, model.logits(x).toArray());
    }
  }

  @Test
  void piecesOfEverySizeGiveTheSame() {
    Path file = residual(false);
    Tensor codes = Tensor.zeros(Shape.of(11, 36, 2));
    Dictionary bank = new Dictionary(Tensor.zeros(Shape.of(2, 16)), null);
    try (OnnxSplitModel whole = OnnxEngine.open(file)) {
      Tensor x = inputs(whole, 11);
      float[] logits = whole.logits(x).toArray();
      for (int batch : new int[] {1, 3, 11, 50}) {
        EngineOptions options = EngineOptions.DEFAULT.withBatch(batch).withHeadBatch(batch);
        try (OnnxSplitModel model = OnnxEngine.open(file, "auto", options)) {
          assertArrayEquals(logits, model.logits(x).toArray(), 1e-5f);
          assertEquals(Shape.of(11, 5), model.headOfCodes(codes, bank).shape());
        }
      }
    }
  }

  @Test
  void signedFeaturesAreCalledSigned() {
    Path file = TestModels.signed(folder.resolve("silu.onnx"));
    try (OnnxSplitModel model = OnnxEngine.open(file)) {
      assertEquals("features", model.info().layer());
      assertFalse(model.info().nonNegative());
    }
  }

  @Test
  void mapsAreNoClasses() {
    OnnxBuilder b = new OnnxBuilder(17);
    b.input("input", OPEN, 3, 8, 8).relu("a").sigmoid("map").relu("out").output();
    Path file = folder.resolve("map.onnx");
    b.writeTo(file);
    assertEquals(
        "map.onnx: output 'out' has the shape N x 3 x 8 x 8; a model to explain gives n x"
            + " classes: choose another with --output",
        assertThrows(PerceptException.class, () -> OnnxEngine.open(file)).getMessage());
  }

  @Test
  void whatTheEngineRefusesIsOneSentence() {
    OnnxBuilder b = new OnnxBuilder(17);
    // Known to the format, but with two inputs where it takes one.
    var x = b.input("input", OPEN, 3, 8, 8).relu("a");
    x.op("Tanh", "bad", Map.of(), x, x).flatten("logits").output();
    Path file = folder.resolve("bad.onnx");
    b.writeTo(file);
    try (OnnxSplitModel model = OnnxEngine.open(file, "a", EngineOptions.DEFAULT)) {
      Tensor one = inputs(model, 1);
      String message =
          String.valueOf(
              assertThrows(PerceptException.class, () -> model.logits(one)).getMessage());
      assertTrue(message.startsWith("bad.onnx cannot be opened: ONNX Runtime says '"), message);
      assertFalse(message.contains("\n"));
    }
  }

  @Test
  void aMissingEngineIsSaid() {
    EngineMissingException e =
        assertThrows(
            EngineMissingException.class,
            () ->
                Natives.load(
                    () -> {
                      throw new UnsatisfiedLinkError("no onnxruntime in java.library.path");
                    }));
    assertTrue(
        String.valueOf(e.getMessage()).contains("no onnxruntime in java.library.path"),
        e.getMessage());
  }

  @Test
  void optionsSayWhatIsWrong() {
    assertEquals(
        "batch: at least 1, found 0",
        assertThrows(IllegalArgumentException.class, () -> EngineOptions.DEFAULT.withBatch(0))
            .getMessage());
    assertEquals(
        "inputSize: at least 0, found -1",
        assertThrows(IllegalArgumentException.class, () -> EngineOptions.DEFAULT.withInputSize(-1))
            .getMessage());
  }
}
