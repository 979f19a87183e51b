package dev.percept.engine.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.percept.core.RectifierRule;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.onnx.Attributes;
import dev.percept.onnx.ElementType;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.TensorData;
import dev.percept.onnx.Value;
import dev.percept.onnx.proto.AttributeProto;
import dev.percept.onnx.proto.FunctionProto;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.OperatorSetIdProto;
import dev.percept.onnx.proto.StringStringEntryProto;
import dev.percept.onnx.proto.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights and layers however a file keeps them. */
class StorageTest {
  private static final Tensor IN = Near.random(Shape.of(3, 2, 4, 4), -1, 1);

  @TempDir static Path folder;

  private static void assertAsOnnxRuntime(Path file, double tolerance) {
    try (OnnxSplitModel expected = OnnxEngine.open(file, "features", EngineOptions.DEFAULT);
        TorchSplitModel found = TorchEngine.open(file, "features", TorchOptions.DEFAULT)) {
      Near.assertNear(expected.logits(IN), found.logits(IN), tolerance, "logits");
      Tensor a = expected.activations(IN).values();
      Near.assertNear(a, found.activations(IN).values(), tolerance, "activations");
      Tensor gradients = found.pullLogits(IN, v -> v, RectifierRule.EXACT).gradients();
      assertTrue(Near.distance(Tensor.zeros(IN.shape()), gradients) > 0);
    }
  }

  /** 1, -1, 2, 1 in half precision. */
  private static TensorProto half() {
    byte[] values = {0, 0x3c, 0, (byte) 0xbc, 0, 0x40, 0, 0x3c};
    return TensorProto.newBuilder()
        .setName("w")
        .setDataType(ElementType.FLOAT16.code())
        .addAllDims(List.of(2L, 2L, 1L, 1L))
        .setRawData(ByteString.copyFrom(values))
        .build();
  }

  @Test
  void halfPrecisionAsAWayToStore() {
    OnnxBuilder b = new OnnxBuilder(17);
    Value w = b.constant(half()).op("Cast", "w.single", Map.of("to", 1L));
    Value x = b.input("input", OnnxBuilder.DYNAMIC, 2, 4, 4);
    x = x.op("Conv", "conv", Map.of(), w).relu("features");
    x.globalAveragePool("gap").flatten("logits").output(2);
    Path file = folder.resolve("stored.onnx");
    b.writeTo(file);
    assertAsOnnxRuntime(file, 1e-6);
  }

  @Test
  void halfPrecisionThroughout() {
    OnnxBuilder b = new OnnxBuilder(17);
    Value x = b.input("input", ElementType.FLOAT16, OnnxBuilder.DYNAMIC, 2, 4, 4);
    x = x.op("Conv", "conv", Map.of(), b.constant(half())).relu("features");
    x.globalAveragePool("gap").flatten("logits").output();
    ModelProto.Builder model = b.build().toBuilder();
    model.getGraphBuilder().getOutputBuilder(0).clearType();
    Path file = folder.resolve("half.onnx");
    OnnxBuilder.write(model.build(), file);
    // The other engine rounds to half precision (2^-11) in between; here nothing is rounded.
    assertAsOnnxRuntime(file, 1e-3);
  }

  @Test
  void weightsInAnotherFile() throws IOException {
    Weights m = new Weights(17);
    Value x = m.conv(m.input(OnnxBuilder.DYNAMIC, 2, 4, 4), "conv", 2, 3, 1).relu("features");
    x.globalAveragePool("gap").flatten("logits").output(3);
    ModelProto.Builder model = m.builder.build().toBuilder();
    TensorProto.Builder w = model.getGraphBuilder().getInitializerBuilder(0);
    byte[] bytes = w.getRawData().toByteArray();
    byte[] padded = new byte[bytes.length + 3];
    System.arraycopy(bytes, 0, padded, 3, bytes.length);
    Files.write(folder.resolve("weights.bin"), padded);
    w.clearRawData()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", "weights.bin"))
        // Not where a float may begin in memory.
        .addExternalData(entry("offset", "3"))
        .addExternalData(entry("length", String.valueOf(bytes.length)));
    Path file = folder.resolve("external.onnx");
    OnnxBuilder.write(model.build(), file);
    Path whole = folder.resolve("whole.onnx");
    m.builder.writeTo(whole);
    try (TorchSplitModel a = TorchEngine.open(file);
        TorchSplitModel b = TorchEngine.open(whole)) {
      assertArrayEquals(b.logits(IN).toArray(), a.logits(IN).toArray());
    }
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /** Values in typed fields rather than as bytes, as some exporters write small tensors. */
  @Test
  void weightsInTypedFields() {
    Weights m = new Weights(13);
    Value x = m.conv(m.input(OnnxBuilder.DYNAMIC, 2, 4, 4), "conv", 2, 3, 1).relu("features");
    x = x.reshape("flat", 0, -1);
    x.gemm("logits", m.weights(2, 48), null).output(2);
    ModelProto.Builder model = m.builder.build().toBuilder();
    for (TensorProto.Builder t : model.getGraphBuilder().getInitializerBuilderList()) {
      TensorProto whole = t.build();
      if (TensorData.type(whole) == ElementType.FLOAT) {
        for (float v : TensorData.floats(whole)) {
          t.addFloatData(v);
        }
      } else {
        for (long v : TensorData.longs(whole)) {
          t.addInt64Data(v);
        }
      }
      t.clearRawData();
    }
    Path file = folder.resolve("typed.onnx");
    OnnxBuilder.write(model.build(), file);
    assertAsOnnxRuntime(file, 1e-6);
  }

  /**
   * A layer as a function of the model's own, called twice, with an attribute and an inner call.
   */
  @Test
  void layersAsFunctions() {
    Weights m = new Weights(17);
    Value x = m.conv(m.input(OnnxBuilder.DYNAMIC, 2, 4, 4), "conv", 2, 3, 1);
    x = x.op("Leaky", "first", Map.of("slope", 0.3f)).relu("features");
    x = x.op("Leaky", "second", Map.of("slope", 0.1f));
    x.globalAveragePool("gap").flatten("logits").output(3);
    ModelProto.Builder model = m.builder.build().toBuilder();
    for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
      if (node.getOpType().equals("Leaky")) {
        node.setDomain("layers");
      }
    }
    model
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("layers").setVersion(1))
        .addFunctions(twice())
        .addFunctions(leaky());
    Path file = folder.resolve("functions.onnx");
    OnnxBuilder.write(model.build(), file);
    assertAsOnnxRuntime(file, 1e-6);
    try (TorchSplitModel model2 = TorchEngine.open(file)) {
      assertEquals(2, java.util.Collections.frequency(model2.operators(), "LeakyRelu"));
    }
  }

  private static FunctionProto.Builder function(String name) {
    return FunctionProto.newBuilder()
        .setDomain("layers")
        .setName(name)
        .addInput("a")
        .addOutput("b")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("layers").setVersion(1));
  }

  private static NodeProto.Builder node(String type, String domain, String in, String out) {
    return NodeProto.newBuilder().setOpType(type).setDomain(domain).addInput(in).addOutput(out);
  }

  private static FunctionProto leaky() {
    AttributeProto slope =
        Attributes.of("alpha", 0f).toBuilder().clearF().setRefAttrName("slope").build();
    return function("Leaky")
        .addAttribute("slope")
        .addNode(node("LeakyRelu", "", "a", "inner").addAttribute(slope))
        .addNode(node("Twice", "layers", "inner", "b"))
        .build();
  }

  private static FunctionProto twice() {
    return function("Twice")
        .addNode(
            NodeProto.newBuilder().setOpType("Add").addInput("a").addInput("a").addOutput("inner"))
        .addNode(node("Identity", "", "inner", "b"))
        .build();
  }
}
