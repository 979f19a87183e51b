package dev.percept.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.NodeProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxBuilderTest {
  @TempDir Path folder;

  private static OnnxBuilder small(int opset) {
    OnnxBuilder b = new OnnxBuilder(opset).metadata("made by", "a test");
    return b.input("input", OnnxBuilder.DYNAMIC, 1, 2, 2)
        .conv("conv", Tensor.of(Shape.of(2, 1, 1, 1), 1, -1), Tensor.of(Shape.of(2), 0.5f, 0), 1, 0)
        .clip("relu6", 0, 6)
        .globalAveragePool("pool")
        .flatten("flat")
        .gemm("logits", Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6), null)
        .output(3);
  }

  @Test
  void writesWhatItWasTold() throws Exception {
    Path file = folder.resolve("deep/small.onnx");
    small(17).writeTo(file);
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    assertEquals(17, model.getOpsetImport(0).getVersion());
    assertEquals("made by", model.getMetadataProps(0).getKey());
    assertEquals(
        List.of("Conv", "Clip", "GlobalAveragePool", "Flatten", "Gemm"),
        model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList());
    assertEquals(
        List.of("input", "conv.weight", "conv.bias"), model.getGraph().getNode(0).getInputList());
    assertArrayEquals(new long[] {-1, 1, 2, 2}, Types.dims(model.getGraph().getInput(0)));
    assertArrayEquals(new long[] {-1, 3}, Types.dims(model.getGraph().getOutput(0)));
    assertArrayEquals(new float[] {1, -1}, TensorData.floats(model.getGraph().getInitializer(0)));
    try (Stream<Path> left = Files.list(file.getParent())) {
      assertEquals(List.of(file), left.toList(), "nothing else may be left beside it");
    }
  }

  @Test
  void sameCallsGiveTheSameBytes() throws Exception {
    Path a = folder.resolve("a.onnx");
    Path b = folder.resolve("b.onnx");
    small(13).writeTo(a);
    small(13).writeTo(b);
    assertEquals(-1, Files.mismatch(a, b));
  }

  @Test
  void clipFollowsTheOpset() {
    NodeProto old = small(10).build().getGraph().getNode(1);
    assertEquals(6, Attributes.number(old, "max", 0));
    assertEquals(1, old.getInputCount());
    assertEquals(3, small(11).build().getGraph().getNode(1).getInputCount());
  }

  @Test
  void refusesMistakes() {
    OnnxBuilder b = new OnnxBuilder(17);
    Value x = b.input("x", 1, 4);
    assertEquals(
        "tensor name: new and not empty, found 'x'",
        assertThrows(IllegalArgumentException.class, () -> x.relu("x")).getMessage());
    assertEquals(
        "opset: 9 to 21, found 8",
        assertThrows(IllegalArgumentException.class, () -> new OnnxBuilder(8)).getMessage());
    Value other = new OnnxBuilder(17).input("y", 1, 4);
    assertThrows(IllegalArgumentException.class, () -> x.add("sum", other));
    assertThrows(
        IllegalArgumentException.class, () -> x.op("Relu", "r", Map.of("a", new Object())));
    assertThrows(
        IllegalArgumentException.class,
        () -> x.gemm("g", Tensor.zeros(Shape.of(4)), null),
        "a vector is no weight");
    assertThrows(IllegalStateException.class, b::build, "no output yet");
  }

  @Test
  void saysWhenAFileCannotBeWritten() throws Exception {
    Path blocked = Files.createFile(folder.resolve("file"));
    PerceptException e =
        assertThrows(
            PerceptException.class, () -> small(17).writeTo(blocked.resolve("model.onnx")));
    assertTrue(String.valueOf(e.getMessage()).startsWith("cannot write "), e.getMessage());
  }
}
