package dev.percept.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.StringStringEntryProto;
import dev.percept.onnx.proto.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalDataTest {
  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void writeWeights() throws IOException {
    folder = Files.createDirectories(root.resolve("models"));
    ByteBuffer bytes = ByteBuffer.allocate(4 + 24).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(-1);
    for (int i = 0; i < 6; i++) {
      bytes.putFloat(i);
    }
    Files.write(folder.resolve("weights.bin"), bytes.array());
    Files.write(root.resolve("secret.bin"), bytes.array());
  }

  private Path model(String location, String offset, String length) {
    ModelProto.Builder model =
        new OnnxBuilder(17)
                .input("x", 1, 3)
                .gemm("logits", Tensors.signed(2, 3), null)
                .output(2)
                .build()
                .toBuilder();
    model
        .getGraphBuilder()
        .getInitializerBuilder(0)
        .clearRawData()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", location))
        .addExternalData(entry("offset", offset))
        .addExternalData(entry("length", length));
    Path file = folder.resolve("model.onnx");
    OnnxBuilder.write(model.build(), file);
    return file;
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static String refusal(Path file) {
    return String.valueOf(
        assertThrows(PerceptException.class, () -> OnnxModel.read(file)).getMessage());
  }

  @Test
  void readsWeightsBesideTheModel() {
    OnnxModel model = OnnxModel.read(model("weights.bin", "4", "24"));
    TensorProto weight = model.proto().getGraph().getInitializer(0);
    float[] found = new float[6];
    model.weight(weight).asFloatBuffer().get(found);
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../secret.bin", "a/../../secret.bin", "", "..", "/etc/passwd", "..\\secret.bin"})
  void refusesToLeaveTheFolder(String location) {
    assertEquals(
        "model.onnx: its weights are said to lie in '"
            + location
            + "', outside the model's folder, which is refused; put them beside the model and"
            + " refer to them by name",
        refusal(model(location, "4", "24")));
  }

  @Test
  void refusesALinkOutOfTheFolder() throws IOException {
    try {
      Files.createSymbolicLink(folder.resolve("link.bin"), root.resolve("secret.bin"));
    } catch (FileSystemException | UnsupportedOperationException e) {
      Assumptions.abort("no symbolic links here: " + e);
    }
    assertTrue(refusal(model("link.bin", "4", "24")).contains("outside the model's folder"));
  }

  @Test
  void refusesWhatIsNotThereOrTooShort() {
    assertTrue(refusal(model("none.bin", "0", "24")).contains("copy that file next to the model"));
    assertTrue(refusal(model("weights.bin", "8", "24")).contains("reach beyond the end of"));
    assertTrue(refusal(model("weights.bin", "-4", "24")).contains("reach beyond the end of"));
    assertTrue(refusal(model("weights.bin", "0", "20")).contains("expected 6 values, found 5"));
    assertTrue(refusal(model("weights.bin", "x", "24")).contains("offset of the weights"));
  }

  @Test
  void aLinkedModelFindsItsOwnWeights() throws IOException {
    Path real = root.resolve("blob");
    new OnnxBuilder(17)
        .input("x", 1, 300)
        .gemm("logits", Tensors.signed(100, 300), null)
        .output(100)
        .writeTo(real);
    Path link = folder.resolve("linked.onnx");
    try {
      Files.createSymbolicLink(link, real);
    } catch (FileSystemException | UnsupportedOperationException e) {
      Assumptions.abort("no symbolic links here: " + e);
    }
    OnnxModel model = OnnxModel.read(link);
    assertEquals("linked.onnx", model.name());
    TensorProto weight = model.proto().getGraph().getInitializer(0);
    assertEquals(-1, model.weight(weight).asFloatBuffer().get());
  }
}
