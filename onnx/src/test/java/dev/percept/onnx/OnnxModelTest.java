package dev.percept.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.OperatorSetIdProto;
import dev.percept.onnx.proto.TensorProto;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelTest {
  @TempDir Path folder;

  private static OnnxBuilder linear(int in, int out) {
    return new OnnxBuilder(17)
        .input("x", OnnxBuilder.DYNAMIC, in)
        .gemm("logits", Tensors.signed(out, in), null)
        .output(out);
  }

  private String refusal(ModelProto model) {
    Path file = folder.resolve("model.onnx");
    OnnxBuilder.write(model, file);
    return refusal(file);
  }

  private static String refusal(Path file) {
    return String.valueOf(
        assertThrows(PerceptException.class, () -> OnnxModel.read(file)).getMessage());
  }

  private String refusal(byte[] bytes) throws Exception {
    return refusal(Files.write(folder.resolve("model.onnx"), bytes));
  }

  @Test
  void readsWhatWasWritten() throws Exception {
    Path file = folder.resolve("linear.onnx");
    linear(3, 2).writeTo(file);
    OnnxModel model = OnnxModel.read(file);
    assertEquals("linear.onnx", model.name());
    assertEquals(17, model.opset());
    assertEquals(Files.size(file), model.bytes());
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertEquals(HexFormat.of().formatHex(hash), model.sha256());
    assertEquals("x", model.graph().inputName());
  }

  @Test
  void largeWeightsStayInTheFileAndAreFoundThere() {
    Path file = folder.resolve("large.onnx");
    int in = 300;
    int out = 100;
    linear(in, out).writeTo(file);
    OnnxModel model = OnnxModel.read(file);
    assertTrue(model.proto().getSerializedSize() < 2000, "the weights are left where they are");
    TensorProto weight = model.graph().initializers().get("logits.weight");
    assertTrue(weight != null && TensorData.isExternal(weight));
    float[] values = new float[in * out];
    assertEquals(ByteOrder.LITTLE_ENDIAN, model.weight(weight).order());
    model.weight(weight).asFloatBuffer().get(values);
    assertArrayEquals(Tensors.signed(out, in).toArray(), values);
  }

  @Test
  void floatsThatAreNotRawStayInTheFileToo() throws Exception {
    float[] values = Tensors.signed(100, 300).toArray();
    TensorProto.Builder typed =
        TensorProto.newBuilder().setName("w").setDataType(1).addDims(100).addDims(300);
    for (float v : values) {
      typed.addFloatData(v);
    }
    OnnxBuilder b = new OnnxBuilder(13);
    Value x = b.input("x", 1, 300);
    x.op("Gemm", "logits", Map.of("transB", 1), b.constant(typed.build())).output(100);
    Path file = folder.resolve("typed.onnx");
    b.writeTo(file);
    OnnxModel model = OnnxModel.read(file);
    TensorProto weight = model.graph().initializers().get("w");
    assertTrue(weight != null && TensorData.isExternal(weight));
    float[] found = new float[values.length];
    model.weight(weight).asFloatBuffer().get(found);
    assertArrayEquals(values, found);
  }

  @Test
  void refusesWhatIsNoWholeModel() throws Exception {
    assertTrue(refusal(folder.resolve("none.onnx")).startsWith("no file "));
    assertTrue(refusal(folder).endsWith("is a folder; give the .onnx file in it"));
    assertEquals(
        "model.onnx is empty (0 bytes); download or export it again", refusal(new byte[0]));
    assertEquals(
        "model.onnx is not an ONNX model (a zip archive, perhaps a PyTorch checkpoint); export"
            + " the network to ONNX",
        refusal("PK\3\4 and so on".getBytes(StandardCharsets.ISO_8859_1)));
    assertEquals(
        "model.onnx is not an ONNX model; export the network to ONNX",
        refusal("once upon a time".getBytes(StandardCharsets.UTF_8)));
    assertTrue(
        refusal("version https://git-lfs".getBytes(StandardCharsets.UTF_8))
            .contains("git lfs pull"));
    assertTrue(refusal(new byte[] {'h', 'i'}).contains("not an ONNX model"));
  }

  @Test
  void everyTruncationIsRecognised() throws Exception {
    byte[] whole = linear(200, 100).build().toByteArray();
    for (int length : new int[] {3, 4, 10, 50, 1000, whole.length / 2, whole.length - 1}) {
      assertEquals(
          "model.onnx is cut short or damaged ("
              + length
              + " bytes found); download or export it again",
          refusal(Arrays.copyOf(whole, length)));
    }
  }

  @Test
  void randomDamageIsRefusedOrReadButNeverCrashes() throws Exception {
    byte[] whole = linear(4, 3).build().toByteArray();
    var random = Run.of(5).random("damage");
    int refused = 0;
    for (int i = 0; i < 600; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k < 1 + i % 4; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Path file = Files.write(folder.resolve("damaged.onnx"), damaged);
      try {
        Inspection.of(Cuts.of(OnnxModel.read(file), CutOptions.DEFAULT));
      } catch (PerceptException e) {
        refused++;
      }
    }
    assertTrue(refused > 100, "refused " + refused);
  }

  @Test
  void refusesOperatorsThatNothingKnows() {
    ModelProto.Builder model = linear(3, 2).build().toBuilder();
    NodeProto.Builder node = model.getGraphBuilder().getNodeBuilder(0);
    node.setOpType("Frobnicate");
    assertEquals(
        "model.onnx: operator Frobnicate (node 'logits') is not known; export the model with"
            + " standard ONNX operators, opset 9 to 21",
        refusal(model.build()));
    node.setOpType("Gemm").setDomain("acme");
    assertTrue(refusal(model.build()).startsWith("model.onnx: operator acme.Gemm (node 'logits')"));
  }

  @Test
  void refusesOtherOpsets() {
    ModelProto.Builder model = linear(3, 2).build().toBuilder();
    for (int opset : new int[] {8, 22}) {
      model.setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(opset));
      assertEquals(
          "model.onnx uses opset "
              + opset
              + ", read are 9 to 21; export it again with opset_version=17",
          refusal(model.build()));
    }
    model.setOpsetImport(0, OperatorSetIdProto.newBuilder().setDomain("ai.onnx").setVersion(9));
    OnnxBuilder.write(model.build(), folder.resolve("nine.onnx"));
    assertEquals(9, OnnxModel.read(folder.resolve("nine.onnx")).opset());
  }

  @Test
  void namesTheInputsWhereThereAreSeveral() {
    OnnxBuilder b = new OnnxBuilder(17);
    b.input("a", 1, 2).add("sum", b.input("b", 1, 2)).output();
    assertEquals(
        "model.onnx has 2 inputs ('a', 'b'); a model of pictures has one, a model of texts takes"
            + " ids of tokens that choose rows of a table: export it with the others fixed",
        refusal(b.build()));
  }

  @Test
  void weightsAmongTheInputsAreNoInputs() {
    ModelProto.Builder model = linear(3, 2).build().toBuilder();
    model.setIrVersion(3);
    model.getGraphBuilder().addInput(Types.info("logits.weight", ElementType.FLOAT, 2, 3));
    OnnxBuilder.write(model.build(), folder.resolve("old.onnx"));
    assertEquals("x", OnnxModel.read(folder.resolve("old.onnx")).graph().inputName());
  }

  @Test
  void refusesWeightsOfAnotherSize() {
    ModelProto.Builder model = linear(3, 2).build().toBuilder();
    model.getGraphBuilder().getInitializerBuilder(0).setDims(0, 7);
    assertTrue(
        refusal(model.build())
            .startsWith(
                "model.onnx is damaged (tensor logits.weight: expected 21 values, found 6"));
    ModelProto.Builder large = linear(300, 100).build().toBuilder();
    large.getGraphBuilder().getInitializerBuilder(0).setDims(0, 101);
    assertTrue(refusal(large.build()).contains("expected 30300 values, found 30000"));
  }

  @Test
  void ordersNodesAndRefusesLoops() {
    OnnxBuilder b = new OnnxBuilder(17);
    b.input("x", 1, 2).relu("a").relu("b").relu("c").output();
    ModelProto.Builder model = b.build().toBuilder();
    List<NodeProto> nodes = model.getGraph().getNodeList();
    model.getGraphBuilder().clearNode();
    for (int i : new int[] {2, 0, 1}) {
      model.getGraphBuilder().addNode(nodes.get(i));
    }
    OnnxBuilder.write(model.build(), folder.resolve("shuffled.onnx"));
    assertEquals(
        List.of("a", "b", "c"),
        OnnxModel.read(folder.resolve("shuffled.onnx")).graph().nodes().stream()
            .map(NodeProto::getName)
            .toList());
    model.getGraphBuilder().getNodeBuilder(1).setInput(0, "c");
    assertTrue(refusal(model.build()).contains("which nothing makes before it"));
  }

  @Test
  void keepsFieldsItDoesNotKnow() throws Exception {
    // Field 10 of a graph is its documentation, which our messages do not name.
    ModelProto.Builder model = linear(3, 2).build().toBuilder();
    var unknown =
        UnknownFieldSet.newBuilder()
            .addField(
                10,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8("why"))
                    .build())
            .build();
    model.getGraphBuilder().setUnknownFields(unknown);
    Path file = folder.resolve("documented.onnx");
    OnnxBuilder.write(model.build(), file);
    assertEquals(unknown, OnnxModel.read(file).proto().getGraph().getUnknownFields());
  }
}
