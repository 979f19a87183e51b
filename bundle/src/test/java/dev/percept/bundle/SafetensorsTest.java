package dev.percept.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked // a null fails the test
class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void readsBackWhatItWrote() throws Exception {
    // Larger than one chunk of the writer (16,384 values), and not a multiple of it.
    float[] many = new float[40_001];
    for (int i = 0; i < many.length; i++) {
      many[i] = i * .37f - 5;
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", Tensor.of(Shape.of(40_001), many));
    tensors.put("a/ü\"", Tensor.of(Shape.of(2, 1, 2), 1, -2, Float.MIN_VALUE, 4));
    tensors.put("empty", Tensor.zeros(Shape.of(0, 5)));
    tensors.put("scalar", Tensor.of(Shape.of(), 3));
    Path file = folder.resolve("t.safetensors");
    Safetensors.write(file, tensors);

    Map<String, Tensor> read = Safetensors.read(file);
    assertEquals(List.of("a/ü\"", "b", "empty", "scalar"), List.copyOf(read.keySet()));
    for (String name : tensors.keySet()) {
      assertEquals(tensors.get(name).shape(), read.get(name).shape());
      assertArrayEquals(tensors.get(name).toArray(), read.get(name).toArray());
    }
    assertEquals(
        0, ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8);
  }

  @Test
  void writesTheBytesOfTheFormat() throws Exception {
    Path file = folder.resolve("t.safetensors");
    Safetensors.write(file, Map.of("x", Tensor.of(Shape.of(1, 2), 1f, -2f)));
    String header = "{\"x\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
    String padded = header + " ".repeat((8 - header.length() % 8) % 8);
    byte[] expected =
        bytes(padded.length(), padded, new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0});
    assertArrayEquals(expected, Files.readAllBytes(file));
  }

  @Test
  void readsMetadataAndAnyOrder() throws Exception {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"second\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
            + "\"first\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    Path file = folder.resolve("t.safetensors");
    Files.write(
        file, bytes(header.length(), header, new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40}));
    Map<String, Tensor> read = Safetensors.read(file);
    assertEquals(1f, read.get("first").get(0));
    assertEquals(2f, read.get("second").get(0));
    assertEquals(2, read.size());
  }

  // Each header is followed by eight bytes of data.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'x':{'dtype':'F16','shape':[4],'data_offsets':[0,8]}} | not F32",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | need 4 bytes",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | hole or an overlap",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'y':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | hole or an overlap",
        "{'x':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}} | need 12 bytes",
        "{'x':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | has 3 values",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}} | has 2 values",
        "{'x':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | has the size -2",
        "{'x':{'dtype':'F32','shape':[1.5],'data_offsets':[0,8]}} | has the size 1.5",
        "{'x':{'dtype':'F32','shape':[65536,65536,65536,65536],'data_offsets':[0,8]}} | more than 2^31",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}} | the offset -8",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,99999999999999999999]}} | the offset",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'more':1}} | not exactly",
        "{'x':{'dtype':'F32','shape':2,'data_offsets':[0,8]}} | wrong form",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | no JSON",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}{} | no JSON",
        "{'x':5} | not exactly",
        "[1,2] | no JSON object",
        "{} | need 0 bytes",
      })
  void refusesWhatDoesNotFit(String header, String found) throws Exception {
    String json = header.replace('\'', '"');
    Path file = folder.resolve("t.safetensors");
    Files.write(file, bytes(json.length(), json, new byte[8]));
    PerceptException e = assertThrows(PerceptException.class, () -> Safetensors.read(file));
    assertTrue(e.getMessage().contains(found), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"-1", "0", "1", "17", "16777217", "9223372036854775807"})
  void refusesAHeaderLengthThatCannotBe(long length) throws Exception {
    Path file = folder.resolve("t.safetensors");
    Files.write(file, bytes(length, "{}", new byte[8]));
    PerceptException e = assertThrows(PerceptException.class, () -> Safetensors.read(file));
    assertTrue(e.getMessage().contains("its header claims"), e.getMessage());
  }

  @Test
  void refusesEveryTruncation() throws Exception {
    Path file = folder.resolve("t.safetensors");
    Safetensors.write(file, Map.of("x", Tensor.of(Shape.of(2), 1, 2)));
    byte[] whole = Files.readAllBytes(file);
    for (int n = 0; n < whole.length; n++) {
      Files.write(file, java.util.Arrays.copyOf(whole, n));
      assertThrows(PerceptException.class, () -> Safetensors.read(file), "at " + n);
    }
  }

  @Test
  void aMissingFileIsNamed() {
    PerceptException e =
        assertThrows(PerceptException.class, () -> Safetensors.read(folder.resolve("none")));
    assertTrue(e.getMessage().contains("none"), e.getMessage());
  }

  private static byte[] bytes(long length, String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(text)
        .put(data)
        .array();
  }
}
